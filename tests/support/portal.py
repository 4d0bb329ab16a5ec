"""A server as clients of others expect it: https under a name, and the vendor's OAuth hosts leading to it.

Some clients have ``https://`` and the OAuth hosts built in. So the server speaks TLS with a certificate of a throw-away
authority that is good for all these names; where a client insists on port 443, the test bends the connection outside
the client's own code.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from pathlib import Path
from typing import NamedTuple

import aiohttp
import msgspec
import trustme

from skvorets.core import applications, tokens
from skvorets.core.applications import Credentials, NewApplication, TokenPair
from skvorets.storage.applications import Application
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.world import ALL_SCOPES, Actor, Cast, World, test_config

# Hosts that clients have built in for renewing tokens.
OAUTH_HOSTS = ("oauth.bitrix.info", "oauth.bitrix24.tech")
_EXPIRED_BEFORE_S = 60
# Seconds in which connections that clients have closed come to their end here, too.
_GOODBYE_S = 0.02


class Installed(NamedTuple):
    """An installed application with the secret that its owner was shown."""

    application: Application
    client_secret: str


class Portal(World):
    """A world behind TLS."""

    def __init__(self, folder: Path) -> None:
        """Make the certificates; nothing runs before ``open``."""
        authority = trustme.CA()
        certificate = authority.issue_cert("localhost", "127.0.0.1", *OAUTH_HOSTS)
        self.ca_file = folder / "ca.crt"
        certificate_file, key_file = folder / "server.crt", folder / "server.key"
        authority.cert_pem.write_to_path(str(self.ca_file))
        certificate.private_key_pem.write_to_path(str(key_file))
        for number, blob in enumerate(certificate.cert_chain_pems):
            blob.write_to_path(str(certificate_file), append=number > 0)
        self.port = free_port()
        config = test_config(
            folder,
            "",
            public_url=f"https://localhost:{self.port}",
            tls_certificate=str(certificate_file),
            tls_key=str(key_file),
        )
        super().__init__(msgspec.structs.replace(config, listen=f"127.0.0.1:{self.port}"))
        self.domain = self.config.domain

    async def open(self, cast: Cast | None = None) -> None:
        """Start the server and add the cast."""
        await super().open(cast)
        await self.session.close()
        self.url = self.config.base_url
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=self.tls()))

    async def close(self) -> None:
        """Stop the server; connections that clients keep open are cut, for TLS would wait for their goodbye."""
        await self.session.close()
        await asyncio.sleep(_GOODBYE_S)
        server = self.app.front_door._runner.server
        assert server is not None
        for connection in server.connections:
            if connection.transport is not None:
                connection.transport.abort()
        await asyncio.sleep(0)
        await super().close()

    def tls(self) -> ssl.SSLContext:
        """Give a context that trusts the throw-away authority."""
        return ssl.create_default_context(cafile=str(self.ca_file))

    def webhook_url(self, actor: Actor) -> str:
        """Give the address of a person's webhook."""
        return f"{self.url}{actor.path}"

    async def install_with_secret(self, handler_url: str = "") -> Installed:
        """Register a local application without pages and install it by alice."""
        new = NewApplication(name="Client", scopes=ALL_SCOPES, handler_url=handler_url, install_url=handler_url)
        credentials: Credentials = await self.unit(applications.create_application, new)
        application = await self.unit(applications.install_application, self.alice.person, credentials.application.id)
        return Installed(application, credentials.client_secret)

    async def expired_tokens(self, application: Application, person: Person) -> TokenPair:
        """Issue an access token that is over, with a refresh token that is not."""
        pair: TokenPair = await self.unit(_expired, application, person)
        return pair

    async def add_crowd(self, count: int) -> None:
        """Add people, so that lists have pages."""
        for number in range(count):
            await self.add(f"Person{number}")


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def _expired(tx: Tx, application: Application, person: Person) -> TokenPair:
    fresh = applications.issue_tokens(tx, application, person.id)
    over = tx.now // 1000 - _EXPIRED_BEFORE_S
    token = tokens.Token(tokens.ACCESS, application.id, application.installation, person.id, over)
    return TokenPair(tokens.issue(tx.portal, token), fresh.refresh_token, over)
