"""``skvorets webhook``: addresses that act for a person."""

from __future__ import annotations

import re

import pytest

from cli.conftest import Shell
from skvorets.core import webhooks
from skvorets.storage.database import Tx

_DAY_MS = 24 * 60 * 60 * 1000


@pytest.fixture
def bobs(shell: Shell) -> Shell:
    shell.done("user", "add", "bob", "--first-name", "Bob")
    return shell


def test_a_webhook_is_made_and_its_address_shown_once(bobs: Shell) -> None:
    out = bobs.done(
        "webhook", "add", "bob", "--scope", "im imbot", "--title", "CI", "--public-url", "https://chat.example.org"
    )
    assert re.fullmatch(r"https://chat\.example\.org/rest/1/[0-9a-f]{32}/\n", out)
    [webhook] = bobs.unit(webhooks.every_webhook)
    assert (webhook.person_id, webhook.scopes, webhook.title, webhook.expires_at) == (1, "im,imbot", "CI", 0)
    heads, row = bobs.done("webhook", "list").splitlines()
    assert heads.split()[:4] == ["id", "person", "scopes", "title"]
    assert row.split()[:4] == ["1", "Bob", "im,imbot", "CI"]
    assert row.endswith("active")


def test_a_webhook_may_end_by_itself(bobs: Shell) -> None:
    bobs.done("webhook", "add", "1", "--days", "2")
    [webhook] = bobs.unit(webhooks.every_webhook)
    assert abs(webhook.expires_at - webhook.created_at - 2 * _DAY_MS) < 60_000

    async def let_time_pass(tx: Tx) -> None:
        await tx.do("UPDATE webhooks SET expires_at = 1000")

    bobs.unit(let_time_pass)
    assert bobs.done("webhook", "list").splitlines()[1].endswith("1970-01-01 00:00  expired")


def test_a_webhook_is_revoked(bobs: Shell) -> None:
    bobs.done("webhook", "add", "bob")
    assert bobs.done("webhook", "revoke", "1") == "webhook 1 is revoked\n"
    assert bobs.done("webhook", "list").splitlines()[1].endswith("revoked")
    assert bobs.run("webhook", "revoke", "1").code == 1


@pytest.mark.parametrize("words", [("nobody",), ("bob", "--scope", " , "), ("bob", "--days", "-1")])
def test_a_wrong_webhook_is_not_made(bobs: Shell, words: tuple[str, ...]) -> None:
    said = bobs.run("webhook", "add", *words)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("skvorets: ")
    assert bobs.unit(webhooks.every_webhook) == []
