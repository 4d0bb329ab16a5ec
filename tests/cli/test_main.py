"""``skvorets``: help at once, exit codes, one process per SQLite file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from skvorets.__main__ import COMMANDS, main
from skvorets.instance_lock import InstanceLock, LockHeldError


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "skvorets", *words], capture_output=True, text=True, check=False)


def test_the_help_names_all_commands_and_imports_none() -> None:
    code = "import sys; from skvorets.__main__ import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    code += "heavy = {'aiohttp', 'asyncpg', 'argon2', 'uvloop', 'sqlite3'} & set(sys.modules); assert not heavy, heavy"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stderr) == (0, "")
    assert all(f"\n    {name} " in said.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert f"usage: skvorets {name}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [(), ("no-such-command",), ("user",), ("user", "add"), ("webhook", "revoke", "x")])
def test_wrong_use_ends_with_2(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code: object = main(words)
    except SystemExit as ended:
        code = ended.code
    assert code == 2
    assert "usage:" in "".join(capsys.readouterr())


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("SKVORETS_NO_SUCH_THING", "1")
    assert main(["user", "list"]) == 2
    assert capsys.readouterr().err == "skvorets: unknown setting SKVORETS_NO_SUCH_THING\n"


def test_the_version_is_told() -> None:
    said = run("--version")
    assert said.returncode == 0
    assert said.stdout.startswith("skvorets ")


def test_a_command_waits_for_no_server_on_the_same_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with InstanceLock(tmp_path):
        assert main(["user", "list", "--data-dir", str(tmp_path)]) == 1
        assert "Stop the server first" in capsys.readouterr().err
    assert main(["user", "list", "--data-dir", str(tmp_path)]) == 0


def test_a_folder_that_cannot_be_made_is_an_error_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert main(["user", "list", "--data-dir", str(tmp_path / "file" / "data")]) == 1
    assert capsys.readouterr().err.startswith("skvorets: ")


def test_the_lock_is_for_one_holder_and_ends_with_him(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path / "new"), InstanceLock(tmp_path / "new")
    assert not first.is_held()
    with first:
        assert first.is_held()
        assert second.is_held()
        with pytest.raises(LockHeldError, match=r"process [0-9]+"):
            second.acquire()
    assert not second.is_held()
    with second:
        assert first.is_held()


def test_the_lock_of_a_process_that_died_is_free(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from skvorets.instance_lock import InstanceLock\n"
        "InstanceLock(Path(sys.argv[1])).acquire(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    with InstanceLock(tmp_path) as lock:
        assert lock.is_held()
