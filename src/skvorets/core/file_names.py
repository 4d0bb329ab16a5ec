"""Names of files: what may stand in them, when two are the same, and the next free one (``avatar (1).jpg``).

Source: docs ``disk.folder.uploadfile`` (generateUniqueName).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from skvorets.errors import EmptyNameError
from skvorets.storage import files
from skvorets.storage.database import Tx

MAX_NAME: Final = 255
"""Characters of a name. The limit of most file systems that a file is saved to."""
_MAX_EXTENSION: Final = 32  # characters that are still taken for an extension
# Names that mean a folder to every file system.
_RESERVED = frozenset({".", ".."})
_SPACES = re.compile(r"\s+")


def clean_name(given: str) -> str:
    """Give the last piece of a path, on one line, without invisible characters. Raises EmptyNameError."""
    name = given.replace("\\", "/").rpartition("/")[2]
    # Format characters (Cf) reverse the direction of writing: "exe.gpj" would be shown for "jpg.exe".
    name = "".join(" " if one.isspace() else one for one in name if unicodedata.category(one) not in {"Cf", "Cs"})
    name = "".join(one for one in name if unicodedata.category(one) != "Cc")
    name = _SPACES.sub(" ", name).strip()
    if not name or name in _RESERVED:
        raise EmptyNameError
    return _fit(name, "")


def key_of(name: str) -> str:
    """Give the name as it is compared with others of its folder: without regard to the case of letters."""
    return name.casefold()


def extension_of(name: str) -> str:
    """Give what follows the last dot, lower case, empty for none."""
    stem, dot, extension = name.rpartition(".")
    return extension.lower() if dot and stem and len(extension) <= _MAX_EXTENSION else ""


async def free_name(tx: Tx, folder_id: int, name: str) -> str:
    """Give the name itself or, when it is taken, a numbered one that is not.

    The number is found by doubling and halving: a folder with thousands of files of one name costs some dozen looks.
    """
    if not await _is_taken(tx, folder_id, name):
        return name
    taken, free = 0, 1
    while await _is_taken(tx, folder_id, numbered(name, free)):
        taken, free = free, free * 2
    while free - taken > 1:
        middle = (taken + free) // 2
        if await _is_taken(tx, folder_id, numbered(name, middle)):
            taken = middle
        else:
            free = middle
    return numbered(name, free)


def numbered(name: str, number: int) -> str:
    """Write a number before the extension: ``avatar (1).jpg``."""
    return _fit(name, f" ({number})")


async def _is_taken(tx: Tx, folder_id: int, name: str) -> bool:
    return await files.find_named(tx, folder_id, key_of(name)) is not None


def _fit(name: str, suffix: str) -> str:
    """Put the suffix before the extension and cut the stem so that the whole is not too long."""
    extension = extension_of(name)
    end = f"{suffix}.{name[-len(extension) :]}" if extension else suffix
    stem = name[: -len(extension) - 1] if extension else name
    return stem[: MAX_NAME - len(end)] + end
