"""``skvorets backup``: whole, consistent while a server writes, for the owner only, never over something else."""

from __future__ import annotations

import asyncio
import tarfile
import threading
import urllib.request
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.conftest import Shell
from skvorets.__main__ import main
from skvorets.cli.archive import Manifest, unpack
from skvorets.core import applications
from skvorets.storage import people
from skvorets.storage.blobs import FolderBlobs
from skvorets.storage.database import Tx
from skvorets.storage.migrations import known_migrations
from support.copies import Contents, contents_of
from support.processes import started

WRITERS = 3


@pytest.fixture
def filled(shell: Shell) -> Shell:
    shell.done("user", "add", "anna", "--admin")
    shell.done("user", "add", "boris")
    FolderBlobs(shell.config.blobs_path).put(b"picture")
    return shell


def opened(path: Path, folder: Path) -> tuple[Manifest, Path]:
    folder.mkdir()
    return unpack(path, folder), folder


def test_the_archive_has_all_tables_and_files_and_says_what_it_is(filled: Shell, tmp_path: Path, engine: str) -> None:
    said = filled.done("backup", str(tmp_path / "copy.tar.gz"))
    assert said.splitlines()[-1].startswith(f"written: {tmp_path / 'copy.tar.gz'} (")
    manifest, folder = opened(tmp_path / "copy.tar.gz", tmp_path / "seen")
    assert (manifest.engine, manifest.schema, manifest.rows["logins"]) == (engine, known_migrations()[-1].number, 2)
    tables = {path.stem for path in (folder / "tables").iterdir()}
    assert tables == set(manifest.rows) | {"sequences"}
    assert {path.read_bytes() for path in (folder / "files").glob("*/*/*")} == {b"picture"}


def test_the_archive_is_for_the_owner_only(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "copy.tar.gz.part").touch(mode=0o644)  # left by a run that was killed
    filled.done("backup", str(tmp_path / "copy.tar.gz"))
    assert (tmp_path / "copy.tar.gz").stat().st_mode & 0o777 == 0o600


def test_nothing_else_stays_behind(filled: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    filled.done("backup", str(folder / "copy.tar.gz"))
    assert [path.name for path in folder.iterdir()] == ["copy.tar.gz"]


def test_a_backup_that_fails_leaves_nothing_behind(
    filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", refuse)
    assert filled.run("backup", str(folder / "copy.tar.gz")).err == "skvorets: [Errno 28] No space left on device\n"
    assert list(folder.iterdir()) == []


def test_a_file_that_exists_is_not_overwritten(filled: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    assert filled.run("backup", str(tmp_path / "mine")).err == f"skvorets: {tmp_path / 'mine'} exists already\n"
    assert (tmp_path / "mine").read_text() == "precious"


def test_where_there_is_no_database_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", str(tmp_path / "copy"), "--data-dir", str(tmp_path / "nothing")]) == 1
    assert capsys.readouterr().err == f"skvorets: there is no database in {tmp_path / 'nothing'}\n"
    assert list(tmp_path.iterdir()) == []


def test_without_a_name_it_is_named_after_its_time(
    filled: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    filled.done("backup")
    assert len(list(tmp_path.glob("skvorets-2*-*.tar.gz"))) == 1


def test_files_that_a_server_is_just_writing_are_left_out(filled: Shell, tmp_path: Path) -> None:
    place = next(filled.config.blobs_path.glob("*/*"))
    (place / ".new-unfinished").write_bytes(b"half")
    filled.done("backup", str(tmp_path / "copy.tar.gz"))
    with tarfile.open(tmp_path / "copy.tar.gz") as packed:
        assert not [name for name in packed.getnames() if "unfinished" in name]


@pytest.mark.slow
def test_a_backup_under_write_load_is_consistent(filled: Shell, tmp_path: Path) -> None:
    """Every message is there with its event and its place in its chat, and all that were answered before the start."""
    secrets = [filled.unit(_webhook, person_id) for person_id in (1, 2, 1)]
    options = [*filled.options, "--listen", "127.0.0.1:0"]
    with started("serve", *options) as server:
        url = server.wait_for("listening on ")
        over, known = threading.Event(), [0] * WRITERS
        writers = [
            threading.Thread(target=_write, args=(f"{url}/rest/{path}", known, number, over))
            for number, path in enumerate(secrets)
        ]
        for writer in writers:
            writer.start()
        try:
            _wait(lambda: min(known) > 0)
            before = sum(known)
            filled.done("backup", str(tmp_path / "copy.tar.gz"))
            after = sum(known)
            _wait(lambda: sum(known) > after)
        finally:
            over.set()
            for writer in writers:
                writer.join()
        assert server.stop() == 0
    assert main(["restore", str(tmp_path / "copy.tar.gz"), "--data-dir", str(tmp_path / "restored")]) == 0
    shell = Shell(tmp_path / "restored", "", filled.capture)
    _check(asyncio.run(contents_of(shell.config)), at_least=before)


def _check(contents: Contents, at_least: int) -> None:
    messages = contents.tables["messages"]
    events = [msgspec.json.decode(row[4]) for row in contents.events if row[1] == "message.added"]
    assert sorted(event["id"] for event in events) == sorted(row["id"] for row in messages)
    written = [row for row in messages if row["text"].startswith("load ")]
    assert len(written) >= at_least
    for chat in contents.tables["chats"]:
        own = [row for row in messages if row["chat_id"] == chat["id"]]
        assert [row["seq"] for row in sorted(own, key=lambda row: row["id"])] == list(range(1, len(own) + 1))
        assert chat["last_seq"] == len(own)
        assert chat["last_message_id"] == max((row["id"] for row in own), default=0)


def _write(webhook: str, known: list[int], number: int, over: threading.Event) -> None:
    partner = (2, 1, 1)[number]
    while not over.is_set():
        body = msgspec.json.encode({"DIALOG_ID": partner, "MESSAGE": f"load {number} {known[number]}"})
        request = urllib.request.Request(  # noqa: S310 — our own server
            f"{webhook}im.message.add.json", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 — our own server
            assert answer.status == 200
        known[number] += 1


def _wait(condition: Any) -> None:
    pause = threading.Event()
    for _ in range(3000):
        if condition():
            return
        pause.wait(0.01)
    raise AssertionError("nothing was written")


async def _webhook(tx: Tx, person_id: int) -> str:
    person = await people.find(tx, person_id)
    assert person is not None
    return f"{person_id}/{await applications.create_webhook(tx, person, ('im',))}/"
