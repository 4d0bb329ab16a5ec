"""Modules in one file do what they do apart."""

from __future__ import annotations

import pytest

from skvorets.module_bundles import bundle, needed_by
from support.node import run_node_module

MODULES = {
    "a/first.js": 'import { twice, name as called } from "./deep/second.js";\nimport third from "../third.js";\n'
    'globalThis.found = [twice(4), called, third(1)];\nexport const later = () => import("./fourth.js");\n',
    "a/deep/second.js": 'export { name } from "./words.js";\nimport { two } from "./words.js";\n'
    "export function twice(it) {\nreturn two * it;\n}\n",
    "a/deep/words.js": 'const two = 2;\nvar own = "second";\nexport { two, own as name };\n',
    "third.js": "var own = 10;\nexport default function (it) {\nreturn own + it;\n}\n",
    "a/fourth.js": 'import { two } from "./deep/words.js";\nexport const four = two + 2;\n',
}


def test_modules_come_behind_what_they_need() -> None:
    assert needed_by("a/first.js", MODULES) == ["a/deep/words.js", "a/deep/second.js", "third.js", "a/first.js"]


def test_a_bundle_does_what_its_modules_do() -> None:
    source = bundle("a/first.js", MODULES) + "\nprocess.stdout.write(JSON.stringify(globalThis.found));"
    assert run_node_module(source, None) == [8, "second", 11]


def test_another_bundle_takes_what_the_page_has_from_the_table() -> None:
    known = needed_by("a/first.js", MODULES)
    later = bundle("a/fourth.js", MODULES, known)
    assert "two = 2" not in later
    end = 'process.stdout.write(JSON.stringify(skvoretsModules.get("a/fourth.js")));'
    assert run_node_module(bundle("a/first.js", MODULES) + later + end, None) == {"four": 4}


def test_what_is_loaded_later_is_asked_for_beside_the_bundle() -> None:
    wanted = 'import("./fourth.js").then(() => globalThis.skvoretsModules.get("a/fourth.js"))'
    assert wanted in bundle("a/first.js", MODULES)


def test_an_unknown_module_is_an_error() -> None:
    with pytest.raises(KeyError):
        bundle("a/first.js", {"a/first.js": 'import { x } from "./none.js";\n'})


def test_what_is_passed_on_unpacked_or_written_without_spaces_is_found() -> None:
    modules = {
        "first.js": 'import{two as a}from"./second.js";import{three}from"./third.js";\nglobalThis.got = [a, three];\n',
        "second.js": 'import { two } from "./words.js";\nexport { two } from "./words.js";\nglobalThis.seen = two;\n',
        "third.js": "export const { three, b: four } = { three: 3, b: 4 };\n",
        "words.js": "export const two = 2;\n",
    }
    end = "process.stdout.write(JSON.stringify([...got, seen, skvoretsModules.get('third.js').four]));"
    assert run_node_module(bundle("first.js", modules) + end, None) == [2, 3, 2, 4]


def test_a_circle_is_an_error() -> None:
    modules = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match="circle"):
        needed_by("a.js", modules)
