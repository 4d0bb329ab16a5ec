"""``skvorets doctor``: every finding, as ok, as a warning and as wrong; changes nothing."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
import trustme

from cli.conftest import Said, Shell, add_anna
from skvorets.cli import doctor
from skvorets.config import Config
from skvorets.instance_lock import InstanceLock
from skvorets.storage import deliveries, migrations
from skvorets.storage.database import Tx
from skvorets.storage.deliveries import Ending, NewDelivery
from skvorets.storage.migrations import Migration
from support.mail_server import MailServer, beside

NOW = dt.datetime.now(dt.UTC)


class Usage(NamedTuple):
    free: int


@pytest.fixture(autouse=True)
def _much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(5 * doctor.MIN_FREE_BYTES))


@pytest.fixture
def portal(shell: Shell) -> Shell:
    shell.unit(add_anna)
    return shell


def state_of(said: Said, words: str) -> str:
    """Give the state of the one finding with these words."""
    [line] = [line for line in said.out.splitlines() if words in line]
    return line.split()[0]


def test_a_healthy_portal_is_ok(portal: Shell) -> None:
    said = portal.run("doctor", "--public-url", "https://localhost:8443")
    assert (said.code, said.err) == (0, "")
    assert {line.split()[0] for line in said.out.splitlines()} == {"ok"}
    assert "public address https://localhost:8443" in said.out
    assert ": version " in said.out
    assert "5.0 GB free" in said.out


def test_it_may_look_beside_a_running_server(portal: Shell) -> None:
    with InstanceLock(portal.config.data_dir):
        assert portal.run("doctor").code == 0


def test_without_a_public_address_it_warns(portal: Shell) -> None:
    said = portal.run("doctor")
    assert (said.code, state_of(said, "public_url")) == (0, "warning")


@pytest.mark.parametrize("url", ["https://[::1]", "http://127.0.0.1:81"])
def test_addresses_need_no_look_up(portal: Shell, url: str) -> None:
    assert state_of(portal.run("doctor", "--public-url", url), url) == "ok"


def test_a_name_that_nobody_knows_is_wrong(portal: Shell) -> None:
    said = portal.run("doctor", "--public-url", "https://nobody.invalid")
    assert (said.code, state_of(said, "nobody.invalid")) == (1, "WRONG")


def test_a_full_disk_is_wrong(portal: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(doctor.MIN_FREE_BYTES - 1))
    said = portal.run("doctor")
    assert (said.code, state_of(said, "GB free")) == (1, "WRONG")


def certificate(folder: Path, days: int) -> tuple[str, ...]:
    """Make a certificate that ends in so many days; the options that name it."""
    issued = trustme.CA().issue_cert("localhost", not_before=NOW - dt.timedelta(99), not_after=NOW + dt.timedelta(days))
    issued.cert_chain_pems[0].write_to_path(str(folder / "certificate.pem"))
    issued.private_key_pem.write_to_path(str(folder / "key.pem"))
    return ("--tls-certificate", str(folder / "certificate.pem"), "--tls-key", str(folder / "key.pem"))


@pytest.mark.parametrize(
    ("days", "state", "words"), [(90, "ok", "valid for"), (9, "warning", "valid for"), (-1, "WRONG", "has expired")]
)
def test_a_certificate_is_judged_by_its_end(portal: Shell, tmp_path: Path, days: int, state: str, words: str) -> None:
    said = portal.run("doctor", *certificate(tmp_path, days))
    assert (said.code, state_of(said, words)) == (int(state == "WRONG"), state)


@pytest.mark.parametrize("change", ["foreign key", "no certificate", "no PEM"])
def test_a_certificate_that_cannot_be_served_is_wrong(portal: Shell, tmp_path: Path, change: str) -> None:
    options = certificate(tmp_path, 90)
    if change == "foreign key":
        trustme.CA().issue_cert("localhost").private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    elif change == "no certificate":
        (tmp_path / "certificate.pem").unlink()
    else:
        (tmp_path / "certificate.pem").write_text("hello")
    said = portal.run("doctor", *options)
    assert (said.code, state_of(said, " with key ")) == (1, "WRONG")


def test_where_there_is_no_database_yet_it_only_warns_and_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = Shell(tmp_path / "data", "", capsys)
    said = shell.run("doctor")
    assert (said.code, state_of(said, "no database yet")) == (0, "warning")
    assert not shell.config.data_dir.exists()


def test_a_database_that_cannot_be_reached_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell = Shell(tmp_path / "data", "postgresql://nobody@127.0.0.1:9/none", capsys)
    said = shell.run("doctor")
    assert (said.code, state_of(said, "PostgreSQL")) == (1, "WRONG")


@pytest.fixture
def sqlite(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Give a portal in a file, whatever engines are tested."""
    shell = Shell(tmp_path / "data", "", capsys)
    shell.unit(add_anna)
    return shell


def test_a_file_that_is_no_database_is_wrong(sqlite: Shell) -> None:
    sqlite.config.sqlite_path.write_bytes(b"hello, this is no database " * 100)
    said = sqlite.run("doctor")
    assert (said.code, state_of(said, "not a database")) == (1, "WRONG")


def test_a_damaged_file_is_wrong(sqlite: Shell) -> None:
    size = sqlite.config.sqlite_path.stat().st_size
    with sqlite.config.sqlite_path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size // 2))
    said = sqlite.run("doctor")
    assert said.code == 1
    assert state_of(said, "skvorets.db") == "WRONG"


def test_a_newer_database_is_wrong(sqlite: Shell) -> None:
    with closing(sqlite3.connect(sqlite.config.sqlite_path)) as connection:
        connection.execute(f"PRAGMA user_version={migrations.known_migrations()[-1].number + 1}")
    said = sqlite.run("doctor")
    assert (said.code, state_of(said, "update the program")) == (1, "WRONG")


def test_missing_migrations_are_told(portal: Shell) -> None:
    known = migrations.known_migrations()
    known.append(Migration(known[-1].number + 1, "next.sql", "SELECT 1;"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "known_migrations", lambda: known)
        said = portal.run("doctor")
    assert (said.code, state_of(said, "1 migrations will run")) == (0, "warning")


def test_events_that_were_given_up_are_a_warning_with_their_handler(portal: Shell) -> None:
    portal.unit(_deliver, ["waiting", "dead", "dead", "delivered"])
    said = portal.run("doctor")
    assert said.code == 0
    assert state_of(said, "waiting for delivery: 1") == "ok"
    assert state_of(said, "given up: 2") == "warning"
    assert state_of(said, "2 for https://bot.example.org/: refused") == "warning"


def test_it_changes_nothing(sqlite: Shell) -> None:
    before = {path: path.read_bytes() for path in _files(sqlite.config)}
    sqlite.run("doctor")
    after = {path: path.read_bytes() for path in _files(sqlite.config) if path.suffix not in {".db-wal", ".db-shm"}}
    assert after == before  # besides them SQLite's own two files, which every reader of a database makes


def _files(config: Config) -> list[Path]:
    return [path for path in config.data_dir.rglob("*") if path.is_file()]


async def _deliver(tx: Tx, states: list[str]) -> None:
    for state in states:
        new = NewDelivery(application_id=1, handler_id=0, url="https://bot.example.org/", event="ONAPPTEST", data="{}")
        planned = await deliveries.insert(tx, new, created_at=tx.now, next_at=tx.now)
        if state != "waiting":
            found = await deliveries.find(tx, planned.row.id)
            assert found is not None
            await deliveries.end_attempt(tx, found, Ending(state=state, failure="refused" if state == "dead" else ""))


@pytest.fixture
def mailing(portal: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A portal that sends e-mail through a server which wants a login."""
    with beside(MailServer(password="secret")) as server:
        for name, value in {
            "HOST": "127.0.0.1",
            "PORT": str(server.port),
            "TLS": "none",
            "LOGIN": "chat",
            "PASSWORD": "secret",
            "SENDER": "chat@example.com",
        }.items():
            monkeypatch.setenv(f"SKVORETS_SMTP_{name}", value)
        yield server


@pytest.mark.usefixtures("mailing")
def test_a_mail_server_that_takes_letters(portal: Shell) -> None:
    said = portal.run("doctor", "--public-url", "https://localhost:8443")
    assert said.code == 0
    assert state_of(said, "takes letters from chat@example.com") == "ok"
    assert "secret" not in said.out


@pytest.mark.usefixtures("mailing")
def test_a_mail_server_that_refuses_the_password(portal: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKVORETS_SMTP_PASSWORD", "wrong-one")
    said = portal.run("doctor")
    assert (said.code, state_of(said, "login")) == (1, "WRONG")
    assert "wrong-one" not in said.out + said.err


@pytest.mark.usefixtures("mailing")
def test_a_mail_server_that_cannot_be_reached(portal: Shell) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SKVORETS_SMTP_PORT", "1")
        said = portal.run("doctor")
    assert (said.code, state_of(said, "mail server 127.0.0.1:1 (none): connect")) == (1, "WRONG")
