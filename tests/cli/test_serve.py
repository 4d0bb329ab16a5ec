"""``skvorets serve``: ready soon, alone on its folder, gone soon after a signal, whoever is connected."""

from __future__ import annotations

import asyncio
import contextlib
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from skvorets.__main__ import main
from skvorets.cli.serve import with_port
from skvorets.config import read_config
from skvorets.instance_lock import InstanceLock
from support.databases import Postgres
from support.processes import Program, passed_since, started

pytestmark = pytest.mark.slow  # a process each

READY = "listening on "
LISTEN = ("--listen", "127.0.0.1:0")
# Seconds between the signal and the end, whoever is connected; a busy machine is given some more.
STOP_S = 2.0
BUSY_S = 3.0
# Processor seconds of a start.
START_S = 2.0


def serving(folder: Path, *words: str) -> contextlib.AbstractContextManager[Program]:
    return started("serve", "--data-dir", str(folder / "data"), *LISTEN, *words)


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    assert parts.hostname is not None
    return socket.create_connection((parts.hostname, parts.port or 0), timeout=5)


def ask(url: str) -> bytes:
    return f"GET /rest/scope.json HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n\r\n".encode()


def test_it_says_where_it_listens_when_it_is_ready(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        url = server.wait_for(READY)
        assert re.fullmatch(r"http://127\.0\.0\.1:[1-9][0-9]+", url)
        with connect(url) as connection:
            connection.sendall(ask(url))
            assert connection.recv(65536).startswith(b"HTTP/1.1 401 ")
        assert server.stop() == 0
        listening, welcome, stopping = server.lines
        assert (listening, stopping, server.errors) == (f"{READY}{url}", "stopping", [])
        assert re.fullmatch(rf"no administrator can .*: {url}/welcome/[\w-]{{43}}", welcome)


def test_the_link_of_the_first_run_is_printed_until_there_is_an_administrator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = []
    for _ in range(2):
        with serving(tmp_path) as server:
            links.append(server.wait_for("no administrator can log in yet; open this link to make one: "))
            server.stop()
    assert links[0].rpartition("/")[2] != links[1].rpartition("/")[2]
    assert main(["user", "add", "anna", "--admin", "--data-dir", str(tmp_path / "data")]) == 0
    assert "added anna" in capsys.readouterr().out
    with serving(tmp_path) as server:
        url = server.wait_for(READY)
        server.stop()
        assert server.lines == [f"{READY}{url}", "stopping"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_what_it_says_of_itself_names_the_port_that_it_got(host: str) -> None:
    config = with_port(read_config({}, listen=f"{host}:0"))
    assert config.base_url == f"http://{host}:{config.listen_port}"
    assert config.listen_port > 0
    assert with_port(config) is config


def test_a_public_address_is_told(tmp_path: Path) -> None:
    with serving(tmp_path, "--public-url", "https://chat.example.org") as server:
        server.wait_for("public address https://chat.example.org")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_soon_whoever_is_connected(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path) as server, contextlib.ExitStack() as open_connections:
        url = server.wait_for(READY)
        silent, kept, slow_head, slow_body = (open_connections.enter_context(connect(url)) for _ in range(4))
        kept.sendall(ask(url))
        assert kept.recv(65536)
        slow_head.sendall(ask(url)[:-2])
        slow_body.sendall(b"POST /rest/scope.json HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
        time.sleep(0.1)  # so that the server has read all this
        start = time.monotonic()
        assert server.stop(number) == 0
        assert passed_since(start) < STOP_S + BUSY_S
        assert server.errors == []
        del silent


def test_a_signal_while_it_starts_is_not_lost(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        while not (tmp_path / "data" / "server.lock").exists():
            time.sleep(0.005)
        code = server.stop()
        assert code in {0, -signal.SIGTERM}  # before its loop runs nothing is open that could be spoilt
    with serving(tmp_path) as server:
        server.wait_for(READY)


def test_one_data_folder_is_for_one_process(tmp_path: Path) -> None:
    with serving(tmp_path) as first:
        first.wait_for(READY)
        with serving(tmp_path) as second:
            assert second.wait() == 1
            assert f"is in use by process {first.process.pid}. Stop the server first" in second.errors[0]
            assert len(second.errors) == 1
        assert first.stop() == 0
    with InstanceLock(tmp_path / "data") as lock:
        assert lock.is_held()


def test_two_processes_may_serve_one_postgresql_database(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--engine") == "sqlite":
        return
    server: Postgres = request.getfixturevalue("postgres")
    with (
        contextlib.closing(_Database(server)) as database,
        serving(tmp_path, "--database", database.dsn) as one,
        serving(tmp_path, "--database", database.dsn) as two,
    ):
        assert one.wait_for(READY) != two.wait_for(READY)
        assert (one.stop(), two.stop()) == (0, 0)
        assert one.errors == two.errors == []


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with started("serve", "--data-dir", str(tmp_path / "data"), "--listen", f"127.0.0.1:{port}") as server:
            assert server.wait() == 1
            assert len(server.errors) == 1
            assert "address already in use" in server.errors[0]


def test_a_database_that_cannot_be_reached_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        dsn = f"postgresql://nobody@127.0.0.1:{nobody.getsockname()[1]}/none"
        with serving(tmp_path, "--database", dsn) as server:
            assert server.wait() == 1
            assert len(server.errors) == 1, server.errors
            assert server.errors[0].startswith("skvorets: ")


def test_data_are_for_the_owner_only(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.wait_for(READY)
        assert (tmp_path / "data").stat().st_mode & 0o077 == 0


@pytest.fixture
def authority(tmp_path: Path) -> trustme.CA:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    for number, blob in enumerate(certificate.cert_chain_pems):
        blob.write_to_path(str(tmp_path / "certificate.pem"), append=number > 0)
    return authority


@pytest.fixture
def tls_server(tmp_path: Path, authority: trustme.CA) -> Iterator[Program]:
    files = ("--tls-certificate", str(tmp_path / "certificate.pem"), "--tls-key", str(tmp_path / "key.pem"))
    with serving(tmp_path, *files) as server:
        yield server


def test_it_serves_https_by_its_certificate(tls_server: Program, authority: trustme.CA) -> None:
    url = tls_server.wait_for(READY)
    assert url.startswith("https://127.0.0.1:")
    context = ssl.create_default_context()
    authority.configure_trust(context)
    with context.wrap_socket(connect(url), server_hostname="127.0.0.1") as kept:
        kept.sendall(ask(url))
        assert kept.recv(65536).startswith(b"HTTP/1.1 401 ")
        start = time.monotonic()
        assert tls_server.stop() == 0  # although the client has kept its connection open
        assert passed_since(start) < STOP_S + BUSY_S
    assert tls_server.errors == []


def test_a_client_that_does_not_know_the_authority_refuses(tls_server: Program) -> None:
    url = tls_server.wait_for(READY)
    raw = connect(url)
    with raw, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(raw, server_hostname="127.0.0.1")


def test_half_of_the_tls_settings_is_refused(tmp_path: Path) -> None:
    with serving(tmp_path, "--tls-key", "key.pem") as server:
        assert server.wait() == 2
        assert server.errors == ["skvorets: tls_certificate and tls_key go together"]


def test_a_start_costs_little_processor_time(tmp_path: Path) -> None:
    """1.0 s on a quiet machine, most of it imports; among other busy processes every instruction takes longer."""
    code = (
        "import asyncio, sys, time; from pathlib import Path; from skvorets.config import read_config\n"
        "from skvorets.app import App\n"
        "async def main():\n"
        "    app = App(read_config({}, data_dir=Path(sys.argv[1]), listen='127.0.0.1:0'))\n"
        "    await app.start(); print(time.process_time()); await app.stop()\n"
        "asyncio.run(main())"
    )
    words = [sys.executable, "-c", code, str(tmp_path / "data")]
    subprocess.run(words, check=True, capture_output=True)  # once for the caches of the disk and of bytecode
    said = [float(subprocess.run(words, check=True, capture_output=True, text=True).stdout) for _ in range(3)]
    assert min(said) < START_S


class _Database:
    """A PostgreSQL database of one test."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self.dsn = asyncio.run(server.create())

    def close(self) -> None:
        asyncio.run(self._server.drop(self.dsn))
