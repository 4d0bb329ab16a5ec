"""Several ECMAScript modules in one file, so that a browser asks once: for pages whose server it may be far from.

Nothing is rewritten but the statements that import and export; each module keeps a scope of its own, in the order of
their needs. Modules that another bundle of the page brings are found in a table that all bundles share:

    import { a, b as c } from "./x.js";   ──►  const { a, b: c } = skvoretsModules.get("widget/x.js");
    export function f() { … }             ──►  function f() { … }   skvoretsModules.set("widget/y.js", { f });
    import("./z.js")                      ──►  import("./z.js").then(() => skvoretsModules.get("widget/z.js"))

For our own modules and the few vendored ones: imports by name, no circles, no exported variable that changes.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping

_TABLE = "globalThis.skvoretsModules"
# At the beginning of a line or behind another statement: vendored modules have few lines.
_IMPORT = re.compile(r"""(?<![^\n;])import\s*(\{[^}]*\}|[\w$]+)\s*from\s*["']([^"']+)["'];?""")
_EXPORT_LIST = re.compile(r"""(?<![\w$.])export\s*\{([^}]*)\}(?:\s*from\s*["']([^"']+)["'])?;?""")
_EXPORT_DEFAULT = re.compile(r"(?<![\w$.])export default ")
_EXPORT = re.compile(r"^export ((?:async )?(?:function|const|class) ([\w$]+))", re.MULTILINE)
_EXPORT_UNPACKED = re.compile(r"^export const \{([^}=]*)\} =", re.MULTILINE)
_LATER = re.compile(r"""(?<![\w$.])import\(["'](\.[^"']+)["']\)""")
_DEFAULT = "skvoretsDefault"


def needed_by(first: str, modules: Mapping[str, str]) -> list[str]:
    """Give a module and all that it needs, each behind those that it needs itself.

    Raises KeyError for a module that is not there, ValueError for modules that need each other in a circle.
    """
    found: dict[str, bool] = {}

    def visit(name: str) -> None:
        if name in found:
            if not found[name]:
                message = f"{name} is needed in a circle"
                raise ValueError(message)
            return
        found[name] = False
        for needed in _needs(name, modules[name]):
            visit(needed)
        del found[name]  # to the end
        found[name] = True

    visit(first)
    return list(found)


def bundle(first: str, modules: Mapping[str, str], known: Iterable[str] = ()) -> str:
    """Put a module and what it needs into one, without what the page has already. Names are paths of the modules."""
    there = set(known)
    parts = [_scoped(name, modules[name], first) for name in needed_by(first, modules) if name not in there]
    return f"{_TABLE} ??= new Map();\n" + "".join(parts)


def _needs(name: str, source: str) -> list[str]:
    paths = [found[2] for found in _IMPORT.finditer(source)]
    paths += [found[2] for found in _EXPORT_LIST.finditer(source) if found[2]]
    return [_resolved(name, path) for path in paths]


def _resolved(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _scoped(name: str, source: str, first: str) -> str:
    """Give a module as a function that takes its needs from the table and puts there what it exports."""
    exported: dict[str, str] = {}

    def taken(found: re.Match[str]) -> str:
        names = found[1] if found[1].startswith("{") else f"{{ default as {found[1]} }}"
        return _taking(names.replace(" as ", ": "), _resolved(name, found[2]))

    def listed(found: re.Match[str]) -> str:
        pairs = [one.split(" as ") for one in map(str.strip, found[1].split(",")) if one]
        if found[2] is None:
            exported.update({pair[-1]: pair[0] for pair in pairs})
            return ""
        there = f'{_TABLE}.get("{_resolved(name, found[2])}")'
        exported.update({pair[-1]: f"{there}.{pair[0]}" for pair in pairs})
        return ""

    def declared(found: re.Match[str]) -> str:
        exported[found[2]] = found[2]
        return found[1]

    def unpacked(found: re.Match[str]) -> str:
        names = [one.split(":")[-1].strip() for one in found[1].split(",") if one.strip()]
        exported.update(dict(zip(names, names, strict=True)))
        return found[0].removeprefix("export ")

    def defaulted(_: re.Match[str]) -> str:
        exported["default"] = _DEFAULT
        return f"const {_DEFAULT} = "

    def later(found: re.Match[str]) -> str:
        needed = _resolved(name, found[1])
        path = posixpath.relpath(needed, posixpath.dirname(first))
        path = path if path.startswith(".") else f"./{path}"
        return f'import("{path}").then(() => {_TABLE}.get("{needed}"))'

    text = _EXPORT_LIST.sub(listed, _IMPORT.sub(taken, source))
    text = _EXPORT_UNPACKED.sub(unpacked, text)
    text = _LATER.sub(later, _EXPORT.sub(declared, _EXPORT_DEFAULT.sub(defaulted, text)))
    pairs = ", ".join(f"{shown}: {own}" if shown != own else own for shown, own in exported.items())
    return "(() => {\n" + text.strip() + f'\n{_TABLE}.set("{name}", {{ {pairs} }});\n}})();\n'


def _taking(names: str, path: str) -> str:
    return f'const {names} = {_TABLE}.get("{path}");'
