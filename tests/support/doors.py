"""One message through any door: what each dialect's own client writes, and what it reads in one common form."""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import urlencode

import aiohttp

from skvorets.core import logins, record_chats
from skvorets.core.records import record_to_see
from skvorets.storage import chats
from skvorets.storage.database import Tx
from support import megaplan
from support.bpium import Program
from support.browsers import Browser, browser_of
from support.files import here, upload
from support.pictures import base64_of
from support.world import Actor, World

# What Megaplan's ids of messages have more than ours.
MEGAPLAN_OFFSET = 1_000_000


class Place(NamedTuple):
    """A conversation of alice and bob, as the doors name it."""

    kind: str  # dialog, letter, record, chat
    chat_id: int
    record_id: int = 0  # of the employees' catalog


class Said(NamedTuple):
    """What is to be said; a door leaves out what it cannot say (``Door.says``)."""

    text: str
    mentions: tuple[int, ...] = ()
    reply_to: int = 0
    file: tuple[str, bytes] | None = None
    link: tuple[str, str] | None = None  # title, address
    subject: str = ""
    wants_answer: bool = False


class Heard(NamedTuple):
    """What a door tells of one message."""

    author_id: int
    text: str
    mentions: frozenset[int] = frozenset()
    reply_to: int = 0
    files: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    wants_answer: bool = False
    is_deleted: bool = False


class Door(ABC):
    """One dialect."""

    name = ""
    # What can be said through it, in the words of docs/dialects.md; every door says texts.
    says: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def __init__(self, world: World) -> None:
        """Speak to this server."""
        self.world = world

    @abstractmethod
    async def write(self, place: Place, said: Said) -> int:
        """Let alice say something; the message's id."""

    @abstractmethod
    async def read(self, place: Place, message_id: int) -> Heard | None:
        """Let bob look at a message; None when the door does not show it to him."""

    @abstractmethod
    async def is_unread(self, place: Place, message_id: int) -> bool:
        """Tell whether the message is unread for bob, without reading it."""

    @abstractmethod
    async def see(self, place: Place, message_id: int) -> None:
        """Let bob read it."""

    async def change(self, place: Place, message_id: int, text: str) -> None:
        """Let alice change it."""
        raise NotImplementedError

    async def delete(self, place: Place, message_id: int) -> None:
        """Let alice delete it for all."""
        raise NotImplementedError


class Bitrix24(Door):
    """``/rest/``, by webhooks."""

    name = "Bitrix24"
    places = frozenset({"dialog", "letter", "record", "chat"})
    says = frozenset(
        {
            "text",
            "formatting",
            "mention in the text",
            "reply",
            "file",
            "link to a file elsewhere",
            "change",
            "deletion for all",
            "reading",
        }
    )

    def _dialog(self, place: Place, reader: Actor) -> str:
        if place.kind != "dialog":
            return f"chat{place.chat_id}"
        return str((self.world.bob if reader is self.world.alice else self.world.alice).id)

    async def write(self, place: Place, said: Said) -> int:
        """Say it by im.message.add, or with a file by im.disk.file.commit."""
        alice, dialog = self.world.alice, self._dialog(place, self.world.alice)
        if said.file is not None:
            file_id = await upload(alice, place.chat_id, *said.file)
            given = {"CHAT_ID": place.chat_id, "UPLOAD_ID": file_id, "MESSAGE": said.text}
            assert await alice.call("im.disk.file.commit", **given)
            return int((await alice.call("im.dialog.messages.get", DIALOG_ID=dialog, LIMIT=1))["messages"][0]["id"])
        more: dict[str, Any] = {}
        if said.reply_to:
            more["REPLY_ID"] = said.reply_to
        if said.link is not None:
            more["ATTACH"] = [{"FILE": {"NAME": said.link[0], "LINK": said.link[1]}}]
        return int(await alice.call("im.message.add", DIALOG_ID=dialog, MESSAGE=said.text, **more))

    async def read(self, place: Place, message_id: int) -> Heard | None:
        """Look at the newest page."""
        page = await self.world.bob.call("im.dialog.messages.get", DIALOG_ID=self._dialog(place, self.world.bob))
        found = next((one for one in page["messages"] if one["id"] == message_id), None)
        if found is None:
            return None
        names = {one["id"]: one["name"] for one in page["files"]}
        return _heard(found["author_id"], found["text"], found["params"] or {}, names)

    async def is_unread(self, place: Place, message_id: int) -> bool:
        """Look at the newest page, which reads nothing."""
        page = await self.world.bob.call("im.dialog.messages.get", DIALOG_ID=self._dialog(place, self.world.bob))
        return bool(next(one["unread"] for one in page["messages"] if one["id"] == message_id))

    async def see(self, place: Place, message_id: int) -> None:
        """Read up to it."""
        dialog = self._dialog(place, self.world.bob)
        await self.world.bob.call("im.dialog.read", DIALOG_ID=dialog, MESSAGE_ID=message_id)

    async def change(self, place: Place, message_id: int, text: str) -> None:
        """Change the text."""
        await self.world.alice.call("im.message.update", MESSAGE_ID=message_id, MESSAGE=text)

    async def delete(self, place: Place, message_id: int) -> None:
        """Delete for all."""
        await self.world.alice.call("im.message.delete", MESSAGE_ID=message_id)


class Bpium(Door):
    """``/api/v1/``, by Basic."""

    name = "Bpium"
    places = frozenset({"record"})
    says = frozenset(
        {
            "text",
            "formatting",
            "mention in the text",
            "mention beside the text",
            "reply",
            "file",
            "link to a file elsewhere",
            "change",
            "deletion for all",
            "reading",
        }
    )

    def __init__(self, world: World) -> None:
        """Nobody is logged in yet."""
        super().__init__(world)
        self._programs: dict[int, Program] = {}

    async def _program(self, actor: Actor) -> Program:
        if actor.id not in self._programs:
            self._programs[actor.id] = Program(self.world, email_of(actor), megaplan.PASSWORD)
        return self._programs[actor.id]

    @staticmethod
    def _path(place: Place, message_id: int = 0) -> str:
        path = f"/catalogs/$users/records/{place.record_id}/messages"
        return f"{path}/{message_id}" if message_id else path

    async def write(self, place: Place, said: Said) -> int:
        """Say it with the dialect's own markup of mentions."""
        alice = await self._program(self.world.alice)
        given: dict[str, Any] = {"text": said.text, "mentions": list(said.mentions)}
        if said.reply_to:
            given["replyMessageId"] = str(said.reply_to)
        if said.link is not None:
            given["attachments"] = [{"title": said.link[0], "url": said.link[1]}]
        if said.file is not None:
            given["attachments"] = [{"id": await upload_to_bpium(alice, *said.file)}]
        return int((await alice.post(self._path(place), given))["id"])

    async def read(self, place: Place, message_id: int) -> Heard | None:
        """Look into the whole list, which reads it."""
        listed = await (await self._program(self.world.bob)).get(self._path(place))
        found = next((one for one in listed if one["id"] == str(message_id)), None)
        if found is None:
            return None
        return Heard(
            author_id=found["author"]["recordDbId"],
            text=found["text"],
            mentions=frozenset(one["recordDbId"] for one in found["mention"]),
            reply_to=int(found["reply"]["id"]) if found["reply"] else 0,
            files=tuple(one["title"] for one in found["attachments"] if one["typeStorage"] == "s3"),
            links=tuple((one["title"], one["url"]) for one in found["attachments"] if one["typeStorage"] == "url"),
            is_deleted=found["deleted"],
        )

    async def is_unread(self, place: Place, message_id: int) -> bool:
        """Ask the record whether there are news."""
        record = await (await self._program(self.world.bob)).get(f"/catalogs/$users/records/{place.record_id}")
        return bool(record["chat"]["newMessages"])

    async def see(self, place: Place, message_id: int) -> None:
        """List the messages."""
        assert await self.read(place, message_id)

    async def change(self, place: Place, message_id: int, text: str) -> None:
        """Change the text alone."""
        await (await self._program(self.world.alice)).patch(self._path(place, message_id), {"text": text})

    async def delete(self, place: Place, message_id: int) -> None:
        """Delete for all."""
        await (await self._program(self.world.alice)).delete(self._path(place, message_id))


class Megaplan(Door):
    """``/BumsCommonApiV01/``, signed."""

    name = "Megaplan"
    places = frozenset({"dialog", "letter"})
    says = frozenset(
        {"text", "formatting", "mention in the text", "reply", "file", "subject", "wish for an answer"}
    ) | {"reading"}

    def __init__(self, world: World) -> None:
        """Nobody is logged in yet."""
        super().__init__(world)
        self._programs: dict[int, megaplan.Program] = {}

    async def program(self, actor: Actor) -> megaplan.Program:
        """Give the program of somebody, logged in once."""
        if actor.id not in self._programs:
            query = urlencode({"Login": email_of(actor), "Password": megaplan.md5_of(megaplan.PASSWORD)})
            got = await megaplan.raw(self.world, "GET", f"{megaplan.COMMON}/User/authorize.api?{query}")
            self._programs[actor.id] = megaplan.Program(self.world, got.data["AccessId"], got.data["SecretKey"])
        return self._programs[actor.id]

    async def write(self, place: Place, said: Said) -> int:
        """Send a letter."""
        world = self.world
        to = str(world.bob.id) if place.kind == "dialog" else f"{world.bob.id},{world.carol.id}"
        params = {"Model[To]": to, "Model[Content]": said.text, "Model[Subject]": said.subject}
        if said.reply_to:
            params["Reply"] = str(said.reply_to + MEGAPLAN_OFFSET)
        if said.wants_answer:
            params["WithAnswer"] = "true"
        if said.file is not None:
            params["Model[Attaches][0][Name]"] = said.file[0]
            params["Model[Attaches][0][Content]"] = base64_of(said.file[1])
        answer = await (await self.program(world.alice)).post("/BumsCommonApiV01/Message/create", params)
        return int(answer.data["message"]["Id"]) - MEGAPLAN_OFFSET

    async def _listed(self, message_id: int) -> dict[str, Any] | None:
        """Look into the folders, which reads nothing."""
        listed = await megaplan.listed(await self.program(self.world.bob), Folder="all")
        return next((one for one in listed if one["Id"] == message_id + MEGAPLAN_OFFSET), None)

    async def read(self, place: Place, message_id: int) -> Heard | None:
        """Look for it among all letters."""
        found = await self._listed(message_id)
        if found is None:
            return None
        return Heard(
            author_id=found["Author"]["Id"],
            text=found["Content"],
            reply_to=found["Reply"] - MEGAPLAN_OFFSET if found["Reply"] else 0,
            files=tuple(one["Name"] for one in found["Attaches"]),
            subject=found["Subject"],
            wants_answer=found["WithAnswer"],
        )

    async def is_unread(self, place: Place, message_id: int) -> bool:
        """Look at the folder."""
        found = await self._listed(message_id)
        assert found is not None
        return bool(found["IsUnread"])

    async def see(self, place: Place, message_id: int) -> None:
        """Ask for its card."""
        program = await self.program(self.world.bob)
        assert (await program.get("/BumsCommonApiV01/Message/card", Id=message_id + MEGAPLAN_OFFSET)).data


class Native(Door):
    """``/api/``, by the cookies of two browsers."""

    name = "native"
    places = Bitrix24.places
    says = frozenset(
        {"text", "formatting", "mention in the text", "reply", "file", "change", "deletion for all", "reading"}
    )
    _numbers = itertools.count(1)

    def __init__(self, world: World, alice: Browser, bob: Browser) -> None:
        """Take browsers in which the two are logged in."""
        super().__init__(world)
        self.alice, self.bob = alice, bob

    async def write(self, place: Place, said: Said) -> int:
        """Say it as the web client does."""
        given: dict[str, Any] = {"clientId": f"across-{next(self._numbers)}", "text": said.text}
        if said.reply_to:
            given["replyToId"] = said.reply_to
        if said.file is not None:
            name, data = said.file
            _, kept = await self.alice.raw("POST", f"/api/chats/{place.chat_id}/files?name={name}", data)
            given["fileIds"] = [kept["file"]["id"]]
        answer = await self.alice.call("POST", f"/api/chats/{place.chat_id}/messages", given)
        return int(answer["message"]["id"])

    async def read(self, place: Place, message_id: int) -> Heard | None:
        """Look at the newest page."""
        page = await self.bob.get(f"/api/chats/{place.chat_id}/messages")
        found = next((one for one in page["messages"] if one["id"] == message_id), None)
        if found is None:
            return None
        heard = _heard(found["authorId"], found["text"], found["params"], {})
        return heard._replace(
            reply_to=found["replyTo"]["id"] if found["replyTo"] else 0,
            files=tuple(one["name"] for one in found["files"]),
            is_deleted=found["isDeleted"],
        )

    async def is_unread(self, place: Place, message_id: int) -> bool:
        """Look at the chat."""
        return bool((await self.bob.get(f"/api/chats/{place.chat_id}"))["chat"]["mine"]["unread"])

    async def see(self, place: Place, message_id: int) -> None:
        """Read up to it."""
        await self.bob.call("POST", f"/api/chats/{place.chat_id}/read", {"messageId": message_id})

    async def change(self, place: Place, message_id: int, text: str) -> None:
        """Change the text."""
        await self.alice.call("PATCH", f"/api/messages/{message_id}", {"text": text})

    async def delete(self, place: Place, message_id: int) -> None:
        """Delete for all."""
        await self.alice.call("DELETE", f"/api/messages/{message_id}")


@asynccontextmanager
async def open_doors(world: World) -> AsyncIterator[dict[str, Door]]:
    """Let alice and bob have e-mails and passwords, and open all doors for them."""
    for actor in (world.alice, world.bob):
        await world.unit(logins.set_password_hash, actor.id, email_of(actor), megaplan.HASH)
    async with browser_of(world, world.alice) as alice, browser_of(world, world.bob) as bob:
        doors = (Bitrix24(world), Megaplan(world), Bpium(world), Native(world, alice, bob))
        yield {one.name: one for one in doors}


def email_of(actor: Actor) -> str:
    """Give the e-mail by which somebody logs in."""
    return f"{actor.person.first_name.lower()}@example.com"


async def upload_to_bpium(program: Program, name: str, data: bytes) -> int:
    """Upload a file in the three documented steps; its id."""
    keys = await program.post("/files/", {"name": name, "typeStorage": "remoteStorage"})
    form = aiohttp.FormData()
    fields = ("key", "fileKey"), ("acl", "acl"), ("AWSAccessKeyId", "AWSAccessKeyId")
    for field, key in (*fields, ("Policy", "police"), ("Signature", "signature")):
        form.add_field(field, keys[key])
    form.add_field("Content-Type", "text/plain")
    form.add_field("file", data, filename="file.json")
    async with (
        aiohttp.ClientSession() as stranger,
        stranger.post(here(program.world, keys["uploadUrl"]), data=form) as response,
    ):
        assert response.status == 204, await response.text()
    given = {"name": name, "mimeType": "text/plain", "url": keys["fileKey"], "size": len(data)}
    return int((await program.patch(f"/files/{keys['fileId']}", given))["id"])


async def make_place(world: World, kind: str, doors: Mapping[str, Door]) -> Place:
    """Make a conversation of alice and bob; about a record both are subscribed, so that every door may be used."""
    alice, bob = world.alice, world.bob
    if kind == "dialog":
        await alice.call("im.message.add", DIALOG_ID=str(bob.id), MESSAGE="начало")
        return Place(kind, await world.unit(chats.private_chat_id, alice.id, bob.id))
    if kind == "letter":
        await doors["Megaplan"].write(Place(kind, 0), Said("начало", subject="Тема"))
        [chat] = [one for one in await alice.call("im.recent.get") if one["title"] == "Тема"]
        return Place(kind, int(chat["id"].removeprefix("chat")))
    if kind == "record":
        for actor in (alice, bob):
            await world.unit(_subscribe, actor, world.carol.id)
        seat = await world.unit(_seat, alice, world.carol.id)
        return Place(kind, seat.chat.id, world.carol.id)
    return Place(kind, await world.chat(alice, bob))


async def _subscribe(tx: Tx, actor: Actor, number: int) -> None:
    record = await record_to_see(tx, actor.person, "$users", number)
    await record_chats.subscribe(tx, actor.person, record, wish=True)


async def _seat(tx: Tx, actor: Actor, number: int) -> Any:
    return await record_chats.seat_at(tx, actor.person, await record_to_see(tx, actor.person, "$users", number))


def _heard(author_id: int, text: str, params: dict[str, Any], files: dict[int, str]) -> Heard:
    """Read what the Bitrix24 and the native door say alike."""
    from skvorets.core import markup  # noqa: PLC0415 — what a program that knows BB codes sees

    blocks = [block for attach in params.get("ATTACH", []) for block in attach["BLOCKS"]]
    links = [(file["NAME"], file["LINK"]) for block in blocks for file in block.get("FILE", [])]
    return Heard(
        author_id=author_id,
        text=text,
        mentions=frozenset((*markup.mentions(text), *params.get("MENTIONS", []))),
        reply_to=params.get("REPLY_ID", 0),
        files=tuple(files[one] for one in params.get("FILE_ID", []) if one in files),
        links=tuple(links),
        subject=params.get("SUBJECT", ""),
        wants_answer=params.get("WITH_ANSWER") == "Y",
        is_deleted=params.get("IS_DELETED") == "Y",
    )
