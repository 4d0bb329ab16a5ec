"""``skvorets restore``: the same portal elsewhere, on either engine, and nothing from a file that is no backup."""

from __future__ import annotations

import asyncio
import gzip
import io
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from cli.conftest import Shell, add_anna
from skvorets.__main__ import main
from skvorets.config import Config
from skvorets.storage import event_log, migrations
from skvorets.storage.blobs import FolderBlobs
from skvorets.storage.database import Tx
from skvorets.storage.migrations import Migration
from skvorets.storage.restore import EVENT_ID_GAP
from support.copies import Contents, contents_of
from support.databases import Postgres
from support.files import fetch, send_file, shown_files
from support.handlers import Handlers
from support.pictures import base64_of, picture, size_in
from support.wire_events import group, listening_bot
from support.world import Actor, World
from support.world import test_config as config_of


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "target_engine" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--engine")
        metafunc.parametrize("target_engine", ("sqlite", "postgres") if chosen == "both" else (chosen,))


@pytest.fixture
async def target(target_engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Config]:
    """Give an empty place of an engine that may be another one than the source's."""
    if target_engine == "sqlite":
        yield config_of(tmp_path / "target", "")
        return
    server: Postgres = request.getfixturevalue("postgres")
    dsn = await server.create()
    yield config_of(tmp_path / "target", dsn)
    await server.drop(dsn)


async def run(command: str, file: Path, config: Config) -> int:
    """Run backup or restore while a server runs in this very loop."""
    words = [command, str(file), "--data-dir", str(config.data_dir)]
    return await asyncio.to_thread(main, [*words, *(["--database", config.database] if config.database else [])])


async def move(world: World, target: Config) -> World:
    """Back the world up, close it, restore it elsewhere; the world of there, not started yet."""
    file = target.data_dir.with_suffix(".tar.gz")
    assert await run("backup", file, world.config) == 0
    assert await run("restore", file, target) == 0
    return World(target)


async def start(moved: World, old: World) -> None:
    """Start the restored server; the cast has its old webhooks."""
    await moved.app.start()
    moved.url, moved.session = f"http://127.0.0.1:{moved.app.port}", old.session
    moved.alice, moved.bob = (Actor(moved, one.person, one.path) for one in (old.alice, old.bob))


async def busy_life(world: World) -> None:
    """Fill as many tables as there are easily."""
    chat_id = await world.chat(world.alice, world.bob, AVATAR=base64_of(picture(size=(3, 3))))
    last = 0
    for text in ("first", 'with "quotes", \\ and\nlines', "Ёлка 🎄 […]", "a\x00b", "[B]bold[/B]"):
        words = {"MESSAGE": text, "ATTACH": [{"MESSAGE": "more"}]}
        last = await world.alice.call("im.message.add", DIALOG_ID=f"chat{chat_id}", **words)
    await world.bob.call("im.dialog.read", DIALOG_ID=f"chat{chat_id}", MESSAGE_ID=last)
    liked = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="private")
    await world.alice.call("im.message.like", MESSAGE_ID=liked, ACTION="plus")
    await world.alice.call("im.recent.pin", DIALOG_ID=f"chat{chat_id}", PIN="Y")
    await world.alice.call("task.item.add", TASKDATA={"TITLE": "Task", "RESPONSIBLE_ID": world.bob.id})


async def test_all_rows_come_along_and_the_log_keeps_its_order(world: World, target: Config) -> None:
    await busy_life(world)
    await world.app.activity.stop()  # so that nothing moves between the copy and the look
    await world.app.index.stop()
    await world.app.delivery.stop()
    moved = await move(world, target)
    before, after = await contents_of(world.config), await contents_of(moved.config)
    assert after.tables == before.tables
    assert len(after.events) > 10
    assert after.events == before.events
    assert after.passed == before.passed
    assert {"messages", "tasks", "likes"} <= {name for name, rows in after.tables.items() if rows}


async def test_tokens_webhooks_and_pictures_work_on(world: World, target: Config) -> None:
    application = await world.install()
    token = (await world.alice.through(application)).auth
    chat_id = await world.chat(world.alice, world.bob, AVATAR=base64_of(picture(size=(3, 3))))
    moved = await move(world, target)
    await start(moved, world)
    assert (await Actor(moved, world.alice.person, "/rest/", token).call("user.current"))["ID"] == str(world.alice.id)
    avatar = (await moved.bob.call("im.dialog.get", DIALOG_ID=f"chat{chat_id}"))["avatar"]
    async with moved.session.get(moved.url + avatar.removeprefix(moved.config.base_url)) as response:
        assert size_in(await response.read()) == (3, 3)
    await moved.app.stop()


async def test_files_and_their_addresses_come_along(world: World, target: Config) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    file_id = await send_file(world.alice, chat_id, "plan.txt", b"secret plan")
    [shown] = await shown_files(world.bob, chat_id)
    assert (await fetch(world, shown["urlDownload"])).body == b"secret plan"
    moved = await move(world, target)
    await start(moved, world)
    assert (await fetch(moved, shown["urlDownload"])).body == b"secret plan"
    file = await moved.bob.call("disk.file.get", id=file_id)
    assert (await fetch(moved, file["DOWNLOAD_URL"])).body == b"secret plan"
    assert await send_file(moved.alice, chat_id) > file_id
    await moved.app.stop()


async def test_what_was_not_delivered_is_delivered_once_and_nothing_else_again(
    world: World, handlers: Handlers, target: Config
) -> None:
    script = handlers.at("/bot")
    bot = await listening_bot(world, script)
    chat_id = await group(world.alice, world.bob.id, bot.id)
    await world.bob.call("im.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE=f"[USER={bot.id}][/USER] heard")
    while (await script.next()).event != "ONIMBOTMESSAGEADD":
        pass
    await handlers.stop()
    waiting = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="planned")
    await _until(world, _planned)
    await world.app.delivery.stop()
    logged = await world.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="only logged")
    moved = await move(world, target)
    await handlers.start()
    await start(moved, world)
    heard: list[int] = []
    while len(heard) < 2:
        received = await script.next()
        if received.event == "ONIMBOTMESSAGEADD":
            heard.append(int(received.form["data"]["PARAMS"]["MESSAGE_ID"]))
    last = await moved.bob.call("im.message.add", DIALOG_ID=bot.id, MESSAGE="after")
    received = await script.next()
    assert int(received.form["data"]["PARAMS"]["MESSAGE_ID"]) == last
    assert heard == [waiting, logged]
    assert script.untaken == []
    await moved.app.stop()


async def test_ids_go_on_after_the_greatest_that_was_ever_given(world: World, target: Config) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="stays")
    last = await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="goes")
    await world.unit(_forget_message, last)
    newest = max([event_id for _, event_id in await world.unit(_places)])
    moved = await move(world, target)
    await start(moved, world)
    assert await moved.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="new") > last
    ids = [event_id for _, event_id in await moved.unit(_places)]
    assert ids == sorted(ids)
    assert min(ids) > newest + EVENT_ID_GAP
    await moved.app.stop()


async def test_positions_of_before_are_unknown_so_that_clients_load_anew(world: World, target: Config) -> None:
    await world.bob.call("im.message.add", DIALOG_ID=world.alice.id, MESSAGE="one")
    known = [event_log.Position(*place) for place in await world.unit(_places)]
    moved = await move(world, target)
    await moved.app.store.start()
    for position in known:
        assert not await moved.app.store.read(event_log.is_known, position)
    assert await moved.app.store.read(event_log.is_known, await moved.app.store.read(event_log.log_start))
    await moved.app.store.stop()


async def test_an_empty_portal_comes_back_empty(world: World, target: Config) -> None:
    moved = await move(world, target)
    assert {row["first_name"] for row in (await contents_of(moved.config)).tables["people"]} >= {"Alice", "Bob"}


# ---------------------------------------------------------------- what is refused


@pytest.fixture
def packed(shell: Shell, tmp_path: Path) -> Path:
    """Give a backup; the shell's own database is its source."""
    shell.unit(add_anna)
    FolderBlobs(shell.config.blobs_path).put(b"picture")
    shell.done("backup", str(tmp_path / "copy.tar.gz"))
    return tmp_path / "copy.tar.gz"


@pytest.fixture
def elsewhere(packed: Path, tmp_path: Path, shell: Shell) -> Shell:
    return Shell(tmp_path / "elsewhere", "", shell.capture)


def is_untouched(shell: Shell) -> bool:
    return {path.name for path in shell.config.data_dir.glob("*")} <= {"server.lock"}


def test_a_place_that_is_not_empty_is_refused(shell: Shell, packed: Path) -> None:
    before = asyncio.run(contents_of(shell.config))
    said = shell.run("restore", str(packed))
    assert said.code == 1
    assert "is not empty; nothing was changed" in said.err
    assert asyncio.run(contents_of(shell.config)) == before


def test_a_database_that_is_not_empty_is_refused_and_gets_no_files(shell: Shell, packed: Path, tmp_path: Path) -> None:
    if not shell.config.database:
        return  # a file that exists is refused before it is opened: above
    before = asyncio.run(contents_of(shell.config))
    other = Shell(tmp_path / "elsewhere", shell.config.database, shell.capture)
    assert other.run("restore", str(packed)).err == "skvorets: the database is not empty; nothing was changed\n"
    assert is_untouched(other)
    assert asyncio.run(contents_of(shell.config)) == before


def test_files_without_a_database_are_not_mixed(elsewhere: Shell, packed: Path) -> None:
    FolderBlobs(elsewhere.config.blobs_path).put(b"another")
    assert "is not empty" in elsewhere.run("restore", str(packed)).err
    assert not elsewhere.config.sqlite_path.exists()


def test_a_restored_place_is_for_the_owner_only(elsewhere: Shell, packed: Path) -> None:
    elsewhere.done("restore", str(packed))
    assert elsewhere.config.data_dir.stat().st_mode & 0o077 == 0
    assert {path.name for path in elsewhere.config.data_dir.iterdir()} == {"server.lock", "skvorets.db", "files"}


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_half_an_archive_is_refused(elsewhere: Shell, packed: Path, share: float) -> None:
    whole = packed.read_bytes()
    packed.write_bytes(whole[: int(len(whole) * share)])
    assert "is not a whole backup" in elsewhere.run("restore", str(packed)).err
    assert is_untouched(elsewhere)


def test_a_damaged_archive_is_refused(elsewhere: Shell, packed: Path) -> None:
    whole = bytearray(packed.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    packed.write_bytes(whole)
    assert "is not a whole backup" in elsewhere.run("restore", str(packed)).err
    assert is_untouched(elsewhere)


@pytest.mark.parametrize("content", [b"", b"hello", gzip.compress(b"hello", mtime=0)])
def test_a_foreign_file_is_refused(elsewhere: Shell, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "foreign").write_bytes(content)
    assert "is not a whole backup" in elsewhere.run("restore", str(tmp_path / "foreign")).err
    assert is_untouched(elsewhere)


def test_a_file_that_is_not_there_is_said_in_one_line(elsewhere: Shell, tmp_path: Path) -> None:
    said = elsewhere.run("restore", str(tmp_path / "nothing"))
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "No such file" in said.err


DIGEST = "0" * 64


@pytest.mark.parametrize(
    "name",
    [
        "/tmp/owned",  # noqa: S108 — it must not be written
        "../owned",
        "files/../../owned",
        "tables/../../owned.jsonl",
        "owned",
        "tables/x/y.jsonl",
        f"files/00/00/{DIGEST}",  # its bytes have another digest
        f"files/00/00/{DIGEST}/../../../../../owned",
        "manifest.json",  # twice
    ],
)
def test_a_hostile_archive_is_refused(elsewhere: Shell, packed: Path, tmp_path: Path, name: str) -> None:
    member = tarfile.TarInfo(name)
    repack(packed, packed, [member])
    assert "is not a whole backup" in elsewhere.run("restore", str(packed)).err
    assert is_untouched(elsewhere)
    assert not list(tmp_path.rglob("owned*"))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_only_plain_files_are_taken(elsewhere: Shell, packed: Path, kind: bytes) -> None:
    member = tarfile.TarInfo("tables/people2.jsonl")
    member.type, member.linkname = kind, "/etc/passwd"
    repack(packed, packed, [member])
    assert "is not a whole backup" in elsewhere.run("restore", str(packed)).err
    assert is_untouched(elsewhere)


def test_a_table_with_another_number_of_rows_is_refused(elsewhere: Shell, packed: Path) -> None:
    change(packed, "tables/logins.jsonl", lambda text: text.splitlines(keepends=True)[0])
    assert elsewhere.run("restore", str(packed)).err == "skvorets: logins should have 1 rows and has 0\n"
    assert is_untouched(elsewhere)


@pytest.mark.parametrize(
    "heads", [b'["person_id", "login) VALUES (1); DROP TABLE people; --", "password_hash"]\n', b"{\n"]
)
def test_names_of_columns_cannot_smuggle_sql(elsewhere: Shell, packed: Path, heads: bytes) -> None:
    change(packed, "tables/logins.jsonl", lambda text: heads + text.split(b"\n", 1)[1])
    said = elsewhere.run("restore", str(packed))
    assert said.code == 1
    assert "not a name" in said.err or "cannot be read" in said.err
    assert is_untouched(elsewhere)


def test_tables_that_nobody_knows_are_refused(elsewhere: Shell, packed: Path) -> None:
    def more(text: bytes) -> bytes:
        manifest = msgspec.json.decode(text)
        return msgspec.json.encode({**manifest, "rows": {**manifest["rows"], "sqlite_sequence": 1}})

    change(packed, "manifest.json", more)
    assert "differ: sqlite_sequence" in elsewhere.run("restore", str(packed)).err
    assert is_untouched(elsewhere)


@pytest.mark.parametrize(("field", "words"), [("format", "format 99"), ("schema", "which is newer")])
def test_a_backup_of_a_newer_program_is_refused(elsewhere: Shell, packed: Path, field: str, words: str) -> None:
    change(packed, "manifest.json", lambda text: msgspec.json.encode({**msgspec.json.decode(text), field: 99}))
    assert words in elsewhere.run("restore", str(packed)).err
    assert is_untouched(elsewhere)


def test_a_backup_of_an_older_program_is_migrated(elsewhere: Shell, packed: Path) -> None:
    """Later migrations run over the rows as over those of an old database."""
    script = "ALTER TABLE logins ADD COLUMN hint TEXT NOT NULL DEFAULT '';\nUPDATE logins SET hint = upper(login);"
    known = migrations.known_migrations()
    known.append(Migration(known[-1].number + 1, "9999_hints.sql", script))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "known_migrations", lambda: known)
        elsewhere.done("restore", str(packed))
    [login] = asyncio.run(contents_of(elsewhere.config)).tables["logins"]
    assert login["hint"] == "ANNA"


def test_a_restored_database_can_be_backed_up_again(elsewhere: Shell, packed: Path, tmp_path: Path) -> None:
    elsewhere.done("restore", str(packed))
    elsewhere.done("backup", str(tmp_path / "second.tar.gz"))
    third = Shell(tmp_path / "third", "", elsewhere.capture)
    third.done("restore", str(tmp_path / "second.tar.gz"))
    both: list[Contents] = [asyncio.run(contents_of(one.config)) for one in (elsewhere, third)]
    assert both[0] == both[1]


def change(packed: Path, name: str, edit: Any) -> None:
    """Replace a member's bytes."""
    with tarfile.open(packed) as old:
        content = old.extractfile(name)
        assert content is not None
        edited = edit(content.read())
    repack(packed, packed, [], {name: edited})


def repack(source: Path, target: Path, more: list[tarfile.TarInfo], edited: dict[str, bytes] | None = None) -> None:
    """Copy an archive with changed and additional members."""
    output = io.BytesIO()
    with tarfile.open(source) as old, tarfile.open(fileobj=output, mode="w:gz") as new:
        for member in old:
            content = old.extractfile(member)
            assert content is not None
            data = (edited or {}).get(member.name, content.read())
            member.size = len(data)
            new.addfile(member, io.BytesIO(data))
        for member in more:
            new.addfile(member)
    target.write_bytes(output.getvalue())


async def _until(world: World, condition: Any) -> None:
    async with asyncio.timeout(5):
        while not await world.app.store.read(condition):  # noqa: ASYNC110 — a row changes without a sign
            await asyncio.sleep(0.01)


async def _planned(tx: Tx) -> bool:
    """Is there a delivery that was tried in vain?"""
    return bool(await tx.val("SELECT count(*) FROM deliveries WHERE state = 'waiting' AND attempts > 0"))


async def _forget_message(tx: Tx, message_id: int) -> None:
    await tx.do("DELETE FROM messages WHERE id = $1", message_id)


async def _places(tx: Tx) -> list[tuple[int, int]]:
    rows = await tx.rows("SELECT CAST(CAST(xid AS TEXT) AS BIGINT), id FROM events ORDER BY id")
    return [(row[0], row[1]) for row in rows]
