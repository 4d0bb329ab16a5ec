"""Checks the types of the web client (JSDoc) with TypeScript; part of ``make check`` where Node is installed.

On a machine of continuous integration (``SKVORETS_NO_SKIP``) a missing Node is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]

from support.npm import CLIENT_CACHE, CLIENT_SOURCES, packages  # noqa: E402 — the path comes first

# The modules of the client; the parts of the library for frames, which are one classic script; the service worker; the
# chat on pages of others.
PROJECTS = tuple(CLIENT_SOURCES / f"tsconfig{part}.json" for part in ("", ".bx24", ".sw", ".widget"))


def main() -> int:
    """Run the checker; its exit code."""
    node = shutil.which("node")
    try:
        checker = packages(CLIENT_SOURCES, CLIENT_CACHE) / "typescript" / "bin" / "tsc"
    except FileNotFoundError:
        node = None
    if node is None:
        print("Node is not installed: the web client's types are not checked")
        return 1 if os.environ.get("SKVORETS_NO_SKIP") else 0
    codes = [subprocess.run([node, str(checker), "--project", str(one)], check=False).returncode for one in PROJECTS]
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
