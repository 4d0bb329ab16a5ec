"""What is made from the native API's table is current: the client's types, the list in the document.

After a change of a route or a shape run ``.venv/bin/python scripts/client_shapes.py``.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from support.npm import CLIENT_SOURCES, client_packages

ROOT = Path(__file__).resolve().parents[2]
_ADVICE = "run .venv/bin/python scripts/client_shapes.py"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """Give the script as a module."""
    spec = importlib.util.spec_from_file_location("client_shapes", ROOT / "scripts" / "client_shapes.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_types_of_the_client_are_current(generator: ModuleType) -> None:
    assert generator.TYPES.read_text() == generator.types_text(), _ADVICE


def test_the_list_of_routes_is_current(generator: ModuleType) -> None:
    text = generator.DOCUMENT.read_text()
    assert text == generator.document_text(text), _ADVICE
    assert "| `GET /api/session` |" in text


@pytest.mark.slow
def test_modules_find_the_types(tmp_path: Path) -> None:
    """Checked as the client's modules are: by tsc, from JSDoc."""
    compiler, node = client_packages() / "typescript" / "bin" / "tsc", shutil.which("node")
    assert node is not None
    module = tmp_path / "module.js"
    client = ROOT / "src" / "skvorets" / "client"
    kind = f'import("{client}/shapes.js").PersonView'
    module.write_text(f"/** @param {{{kind}}} one */\nexport const nameOf = (one) => one.name.no_such_thing;\n")
    settings = tmp_path / "tsconfig.json"
    settings.write_text(f'{{"extends": "{CLIENT_SOURCES}/tsconfig.json", "include": ["module.js"], "exclude": []}}')
    done = subprocess.run([node, compiler, "--project", settings], capture_output=True, text=True, check=False)
    assert "Property 'no_such_thing' does not exist on type 'string'" in done.stdout, done.stdout
    assert done.stdout.count("error") == 1
