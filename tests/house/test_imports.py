"""Imports go one way: dialects → core → storage; the picture is in docs/architecture.md."""

from collections.abc import Iterator

import pytest

from house.source_tree import PACKAGE, Module, complaint, imports, is_within, package_modules

# The kinds of events: those of the core, and those of its areas.
EVENTS = tuple(f"skvorets.core.{path.stem}" for path in sorted(PACKAGE.glob("core/event*.py")))
# part of the package → what of our own it may import, besides itself. A dialect is a part for itself.
LAYERS: dict[str, tuple[str, ...]] = {
    "skvorets.errors": ("skvorets.core.content_errors",),  # which imports nothing: one list of errors for all readers
    "skvorets.config": ("skvorets.errors",),
    "skvorets.instance_lock": (),
    "skvorets.web_origin": ("skvorets.config",),
    "skvorets.front_door": ("skvorets.config",),
    "skvorets.static_files": (),
    "skvorets.lean_scripts": (),
    "skvorets.module_bundles": (),
    "skvorets.php_forms": (),  # the bracket names of forms, which more than one dialect reads
    "skvorets.multipart": ("skvorets.php_forms",),
    "skvorets.json_bodies": ("skvorets.php_forms",),
    "skvorets.rate_limits": (),
    "skvorets.storage": ("skvorets.errors", "skvorets.config"),
    "skvorets.core": ("skvorets.storage", "skvorets.errors", "skvorets.config"),
    "skvorets.delivery": (
        *EVENTS,
        "skvorets.core.keyed_hash",
        "skvorets.core.notifications",  # whoever installed an application hears how its events fare
        "skvorets.storage",
        "skvorets.errors",
        "skvorets.config",
    ),
    "skvorets.relay": ("skvorets.delivery", "skvorets.errors"),
    "skvorets.realtime": (*EVENTS, "skvorets.storage", "skvorets.errors", "skvorets.config"),
    "skvorets.media": ("skvorets.core", "skvorets.storage", "skvorets.errors", "skvorets.config"),
    "skvorets.line_clock": ("skvorets.core", "skvorets.storage", "skvorets.errors", "skvorets.config"),
    "skvorets.search": ("skvorets.core", "skvorets.storage", "skvorets.errors", "skvorets.config"),
    # What it calls out with is the one guarded client.
    "skvorets.links": ("skvorets.core", "skvorets.delivery", "skvorets.storage", "skvorets.errors", "skvorets.config"),
    "skvorets.web_push": (
        "skvorets.core",
        "skvorets.delivery",
        "skvorets.storage",
        "skvorets.errors",
        "skvorets.config",
    ),
    "skvorets.federation": (
        "skvorets.core",
        "skvorets.delivery",
        "skvorets.media",
        "skvorets.storage",
        "skvorets.errors",
        "skvorets.config",
    ),
    "skvorets.gifs": ("skvorets.core", "skvorets.delivery", "skvorets.storage", "skvorets.errors", "skvorets.config"),
    "skvorets.dialects.*": (
        "skvorets.core",
        "skvorets.media",
        "skvorets.search",
        "skvorets.storage",
        "skvorets.errors",
        "skvorets.config",
        "skvorets.web_origin",
        "skvorets.static_files",
        "skvorets.lean_scripts",
        "skvorets.module_bundles",
        "skvorets.php_forms",
        "skvorets.multipart",
        "skvorets.json_bodies",
        "skvorets.rate_limits",
    ),
}
# The composition root, the commands and the demonstration know everyone; the package itself is its version.
KNOW_EVERYONE = ("skvorets.app", "skvorets.cli", "skvorets.demo", "skvorets.__main__")

# library → the only places that may import it, with the reason.
LIBRARIES: dict[str, tuple[tuple[str, ...], str]] = {
    "sqlite3": (("skvorets.storage",), "the only SQL is in storage/"),
    "asyncpg": (("skvorets.storage",), "the only SQL is in storage/"),
    "PIL": (("skvorets.media",), "pictures are decoded in one place, within its limits"),
    "Stemmer": (("skvorets.core.stems",), "one place knows word forms: the index and the question must agree"),
    "segno": (("skvorets.core.qr_code",), "one place draws"),
    "aiosmtplib": (("skvorets.delivery",), "what goes out, goes out there"),
    "aiohttp": (
        (
            "skvorets.app",
            "skvorets.cli",
            "skvorets.demo",
            "skvorets.dialects",
            "skvorets.delivery",
            "skvorets.realtime",
            "skvorets.relay",
            "skvorets.web_origin",
            "skvorets.front_door",
            "skvorets.static_files",
        ),
        "core/ and storage/ know nothing of HTTP: another door must be able to use them",
    ),
}


def test_imports_go_one_way() -> None:
    offenders = [offence for module in package_modules() for offence in _uphill_imports(module)]
    assert not offenders, complaint(
        "A part imports what it must not know (LAYERS above). Move the shared thing down, or hand it over in app.py.",
        offenders,
    )


def test_a_dialect_never_imports_another() -> None:
    offenders = [
        f"{module.path}:{line} imports {name}"
        for module in package_modules()
        if (own := _dialect_of(module.name))
        for line, name in imports(module)
        if _dialect_of(name) not in {"", own}
    ]
    assert not offenders, complaint("What two dialects share belongs to core/, in the core's words.", offenders)


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_library_stays_where_it_belongs(library: str) -> None:
    places, reason = LIBRARIES[library]
    offenders = [
        f"{module.path}:{line}"
        for module in package_modules()
        if not any(is_within(module.name, place) for place in places)
        for line, name in imports(module)
        if is_within(name, library)
    ]
    assert not offenders, complaint(f"{library} may be imported in {', '.join(places)} only: {reason}.", offenders)


def test_every_part_of_the_package_has_its_place_in_the_layers() -> None:
    offenders = [
        module.path
        for module in package_modules()
        if module.name not in {"skvorets", "skvorets.dialects"}
        and not _layer_of(module.name)
        and not any(is_within(module.name, root) for root in KNOW_EVERYONE)
    ]
    assert not offenders, complaint("A new part of the package: say in LAYERS what it may import.", offenders)


def _uphill_imports(module: Module) -> Iterator[str]:
    layer = _layer_of(module.name)
    if not layer:
        return
    own = layer if layer != "skvorets.dialects.*" else f"skvorets.dialects.{_dialect_of(module.name)}"
    allowed = (own, "skvorets.__version__", *LAYERS[layer])
    for line, name in imports(module):
        if is_within(name, "skvorets") and not any(is_within(name, package) for package in allowed):
            yield f"{module.path}:{line} imports {name}"


def _layer_of(name: str) -> str:
    if _dialect_of(name):
        return "skvorets.dialects.*"
    return next((layer for layer in LAYERS if is_within(name, layer)), "")


def _dialect_of(name: str) -> str:
    parts = name.split(".")
    return parts[2] if len(parts) > 2 and parts[:2] == ["skvorets", "dialects"] else ""
