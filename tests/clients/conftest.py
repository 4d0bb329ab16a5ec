"""What tests with clients of others share: a portal behind TLS that these clients trust."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import urllib3.util.connection

from support.portal import OAUTH_HOSTS, Portal


@pytest.fixture
async def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Portal]:
    """Give a running server; OpenSSL and requests of this process trust its authority."""
    opened = Portal(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(opened.ca_file))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(opened.ca_file))
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def oauth_hosts(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lead connections of urllib3 to port 443 of the vendor's OAuth hosts, and of the portal's own, to the portal.

    The latter for b24pysdk, which forgets the port of the domain that an event names.
    """
    connect = urllib3.util.connection.create_connection

    def connect_to_portal(address: tuple[str, int], *args: Any, **kwargs: Any) -> Any:
        is_meant = address in [(host, 443) for host in (*OAUTH_HOSTS, "localhost")]
        return connect(("127.0.0.1", portal.port) if is_meant else address, *args, **kwargs)

    monkeypatch.setattr(urllib3.util.connection, "create_connection", connect_to_portal)
