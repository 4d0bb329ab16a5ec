"""Names of files: what is kept of them, and the next free one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skvorets.core import file_names, files
from skvorets.core.file_names import MAX_NAME, clean_name, extension_of, numbered
from skvorets.core.files import Content
from skvorets.core.folders import folder_of_chat
from skvorets.errors import EmptyNameError
from skvorets.storage import chats
from skvorets.storage.database import Tx
from skvorets.storage.people import Person
from support.queries import count_queries
from support.world import World


@pytest.mark.parametrize(
    ("name", "extension"),
    [("a.TXT", "txt"), ("a.tar.gz", "gz"), ("a", ""), (".gitignore", ""), ("a.", ""), ("x." + "y" * 40, "")],
)
def test_the_extension_follows_the_last_dot(name: str, extension: str) -> None:
    assert extension_of(name) == extension


def test_the_number_stands_before_the_extension() -> None:
    assert numbered("avatar.JPG", 2) == "avatar (2).JPG"
    assert numbered("README", 1) == "README (1)"
    assert numbered(".gitignore", 1) == ".gitignore (1)"
    assert len(numbered("x" * 251 + ".jpg", 12)) == MAX_NAME


@given(st.text(max_size=400))
def test_whatever_is_given_a_kept_name_is_harmless(given: str) -> None:
    try:
        name = clean_name(given)
    except EmptyNameError:
        return
    assert 0 < len(name) <= MAX_NAME
    assert not set(name) & set("/\\\0\r\n\t\u202e\u200b")
    assert name not in {".", ".."}
    assert name == name.strip()
    assert clean_name(name) == name


async def test_a_free_name_is_found_in_few_looks(world: World) -> None:
    chat_id = await world.chat(world.alice, world.bob)
    names = await world.unit(_fill, world.alice.person, chat_id, 40)
    assert names == ["a.txt", *(f"a ({number}).txt" for number in range(1, 40))]
    with count_queries(world) as queries:
        await world.alice.call(
            "disk.folder.uploadfile",
            id=(await world.alice.call("im.disk.folder.get", CHAT_ID=chat_id))["ID"],
            data={"NAME": "a.txt"},
            fileContent=["a", ""],
            generateUniqueName=True,
        )
    assert sum("name_key = $2" in one for one in queries.statements) <= 14, queries.statements


async def _fill(tx: Tx, person: Person, chat_id: int, number: int) -> list[str]:
    chat = await chats.find(tx, chat_id)
    assert chat is not None
    folder = await folder_of_chat(tx, chat, person)
    content = Content("0" * 64, 0, "text/plain")
    added = [await files.add_file(tx, person, folder, "a.txt", content, renames=True) for _ in range(number)]
    assert [one.name_key for one in added] == [file_names.key_of(one.name) for one in added]
    return [one.name for one in added]
