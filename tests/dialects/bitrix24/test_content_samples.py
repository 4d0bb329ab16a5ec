"""Every sample of the reference's rich content, sent in each way that clients send it, read back as documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

import pytest

from support.bots import robot
from support.content_samples import BLUE, SAMPLES, Sample
from support.world import World

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
async def test_a_sample_is_kept_and_given_back(world: World, sample: Sample) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], TITLE="Samples", COLOR="AZURE")
    given = {"BOT_ID": bot.id, "DIALOG_ID": f"chat{chat_id}", "MESSAGE": "sample"}
    await bot.owner.call("imbot.message.add", **given, **{sample.param: sample.php})
    await bot.owner.call("imbot.message.add", **given, **{sample.param: json.dumps(sample.php)})
    await bot.owner.call("imbot.message.add", **given, **{sample.param: sample.javascript})
    form = "&".join(pairs({**given, sample.param: sample.php, "auth": bot.owner.auth})).encode()
    assert (await world.post("/rest/imbot.message.add", form, FORM)).result
    page = await world.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
    found = [one for one in page["messages"] if one["text"] == "sample"]
    assert len(found) == 4
    for one in found:
        assert set(one["params"]) == {sample.param}
        assert one["params"][sample.param] == expected(sample, one["params"][sample.param], bot.id)


async def test_a_keyboard_that_replaces_another_one_says_so(world: World) -> None:
    bot = await robot(world)
    chat_id = await bot.call("imbot.chat.add", USERS=[world.bob.id], TITLE="Pages")
    button = {"TEXT": "1", "COMMAND": "page", "COMMAND_PARAMS": "1"}
    message_id = await bot.call("imbot.message.add", DIALOG_ID=f"chat{chat_id}", MESSAGE="1", KEYBOARD=[button])

    async def params() -> Any:
        page = await world.bob.call("im.dialog.messages.get", DIALOG_ID=f"chat{chat_id}")
        return next(one["params"] for one in page["messages"] if one["id"] == message_id)

    assert set(await params()) == {"KEYBOARD"}
    for count in (1, 2):
        await bot.call("imbot.message.update", MESSAGE_ID=message_id, KEYBOARD=[{**button, "TEXT": str(count)}])
        assert (await params())["KEYBOARD_UID"] == count
    await bot.call("imbot.message.update", MESSAGE_ID=message_id, MESSAGE="other")
    assert (await params())["KEYBOARD_UID"] == 2
    await bot.call("imbot.message.update", MESSAGE_ID=message_id, KEYBOARD="N")
    assert await params() == {"KEYBOARD_UID": 3, "IS_EDITED": "Y"}


def expected(sample: Sample, found: list[dict[str, Any]], bot_id: int) -> Any:
    """Give what must be found: with the bot of each entry, and an attachment's own number and colour."""
    if sample.param != "ATTACH":
        return [entry if entry.get("TYPE") == "NEWLINE" else {"BOT_ID": bot_id, **entry} for entry in sample.kept]
    (attachment,) = sample.kept
    number = found[0]["ID"]
    if "ID" in attachment:
        assert str(number) == str(attachment["ID"])
    else:
        assert number > 1_700_000_000  # unix time
    return [{"COLOR": BLUE, **attachment, "ID": number}]


def pairs(value: Any, name: str = "") -> Iterator[str]:
    """Encode as PHP's ``http_build_query`` does."""
    if isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in entries:
            yield from pairs(one, f"{name}[{key}]" if name else str(key))
    else:
        yield f"{quote_plus(name)}={quote_plus(str(value))}"
