"""What tests of the messenger's API send and read, as the web client does."""

from __future__ import annotations

import itertools
from typing import Any

from support.browsers import Browser, RefusedError

_numbers = itertools.count(1)


async def send(browser: Browser, chat_id: int, text: str = "hello", **more: Any) -> dict[str, Any]:
    """Send a message under an id of its own; the message."""
    given = {"clientId": f"test-{next(_numbers)}", "text": text, **more}
    message: dict[str, Any] = (await browser.call("POST", f"/api/chats/{chat_id}/messages", given))["message"]
    return message


async def upload(browser: Browser, chat_id: int, name: str = "a.txt", data: bytes = b"hello") -> dict[str, Any]:
    """Upload a file; the file. Raises RefusedError."""
    path = f"/api/chats/{chat_id}/files?name={name}"
    status, answer = await browser.raw("POST", path, data, **{"Content-Type": "application/octet-stream"})
    if status != 200:
        raise RefusedError(f"{status} {answer['error']['code']}")
    file: dict[str, Any] = answer["file"]
    return file


async def texts(browser: Browser, chat_id: int, query: str = "") -> list[str]:
    """Read the texts of a part of a chat, without lines of the system."""
    page = await browser.get(f"/api/chats/{chat_id}/messages{query}")
    return [one["text"] for one in page["messages"] if not one["isSystem"]]


async def refusal(browser: Browser, verb: str, path: str, given: object = None) -> str:
    """Call, and give the refusal that must come: "STATUS code"."""
    try:
        answer = await browser.call(verb, path, given)
    except RefusedError as error:
        return str(error)
    message = f"not refused: {answer}"
    raise AssertionError(message)
