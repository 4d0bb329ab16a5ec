"""``/api/profile``: what the person says of himself.

GET    /api/profile          all of it
PATCH  /api/profile          change what is given; all of it
PUT    /api/profile/avatar   another picture: PNG, JPEG, GIF or WebP as base64, up to 5000×5000
DELETE /api/profile/avatar   no picture
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from skvorets.core import profiles
from skvorets.dialects.native.registry import Call, Nothing, route
from skvorets.media.avatars import keep_avatar
from skvorets.storage.database import DIRECTORY_KEY, Tx
from skvorets.storage.people import Person

_Name = Annotated[str, msgspec.Meta(max_length=100)]
_Text = Annotated[str, msgspec.Meta(max_length=300)]
_Phone = Annotated[str, msgspec.Meta(max_length=40)]


class Change(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What is to be changed."""

    first_name: _Name | None = None
    last_name: _Name | None = None
    position: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    email: Annotated[str, msgspec.Meta(max_length=254)] | None = None
    www: _Text | None = None
    work_phone: _Phone | None = None
    personal_mobile: _Phone | None = None
    personal_phone: _Phone | None = None
    inner_phone: _Phone | None = None
    birthday: Annotated[str, msgspec.Meta(max_length=10)] | None = None  # YYYY-MM-DD, "" = not told
    gender: Literal["", "M", "F"] | None = None


class Picture(msgspec.Struct, frozen=True):
    """A picture."""

    picture: str  # base64, with or without ``data:…,`` before it


class Profile(msgspec.Struct, frozen=True, rename="camel"):
    """What the person says of himself."""

    id: int
    name: str
    first_name: str
    last_name: str
    position: str
    email: str
    www: str
    work_phone: str
    personal_mobile: str
    personal_phone: str
    inner_phone: str
    birthday: str  # YYYY-MM-DD or empty
    gender: str  # M, F or empty
    avatar: str  # address for lists, empty = none
    picture: str  # address of the larger one, empty = none


@route("GET", "/api/profile", mode="read")
async def get_profile(_tx: Tx, call: Call[Nothing]) -> Profile:
    """Give it."""
    return _profile(call.person, call.services.config.base_url)


@route("PATCH", "/api/profile", body=Change)
async def change_profile(tx: Tx, call: Call[Change]) -> Profile:
    """Change what is given. Refusals: empty_name, wrong_email, wrong_time (birthday), taken (e-mail)."""
    given = {name: value for name, value in msgspec.structs.asdict(call.given).items() if value is not None}
    if "position" in given:
        given["work_position"] = given.pop("position")
    changed = await profiles.change_profile(tx, call.person.id, given)
    return _profile(changed, call.services.config.base_url)


@route("PUT", "/api/profile/avatar", body=Picture, mode="free")
async def put_avatar(call: Call[Picture]) -> Profile:
    """Take another picture. Refusals: wrong_image, image_too_large, too_large."""
    digest = await keep_avatar(call.services.blobs, call.given.picture)
    changed = await call.services.store.write(DIRECTORY_KEY, profiles.change_avatar, call.person.id, digest)
    return _profile(changed, call.services.config.base_url)


@route("DELETE", "/api/profile/avatar")
async def remove_avatar(tx: Tx, call: Call[Nothing]) -> Profile:
    """Have no picture."""
    changed = await profiles.change_avatar(tx, call.person.id, "")
    return _profile(changed, call.services.config.base_url)


def _profile(person: Person, base_url: str) -> Profile:
    avatar = f"{base_url}/files/avatar/{person.avatar}" if person.avatar else ""
    return Profile(
        id=person.id,
        name=person.name,
        first_name=person.first_name,
        last_name=person.last_name,
        position=person.work_position,
        email=person.email,
        www=person.www,
        work_phone=person.work_phone,
        personal_mobile=person.personal_mobile,
        personal_phone=person.personal_phone,
        inner_phone=person.inner_phone,
        birthday=person.birthday,
        gender=person.gender,
        avatar=avatar,
        picture=f"{avatar}/hr" if avatar else "",
    )
