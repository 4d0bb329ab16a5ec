"""Names all modules that a page will need in its head, so that the browser asks for them at once.

Without this it learns of a module only when the one that imports it has come: with imports ten deep, ten times there
and back. The pages in the package name only their first module; the rest follows from the modules themselves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from skvorets.static_files import needed_by

_FIRST = re.compile(rb'( *)<script type="module" src="/client/([^"]+)"></script>\n')


def with_preloads(page: bytes, modules: Mapping[str, bytes]) -> bytes:
    """Add the links to a page; ``modules`` are all files by their names below ``/client/``."""

    def add(found: re.Match[bytes]) -> bytes:
        needed = needed_by(found[2].decode(), modules)
        links = [b'<link rel="modulepreload" href="/client/%b" />\n' % name.encode() for name in needed]
        return b"".join(found[1] + link for link in links) + found[0]

    return _FIRST.sub(add, page)
