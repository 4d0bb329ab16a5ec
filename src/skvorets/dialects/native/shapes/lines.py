"""How conversations of open lines look in the native API. Times are unix milliseconds, 0 = never."""

from __future__ import annotations

import msgspec


class LineClientView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A customer, as far as he has told of himself."""

    id: int
    person_id: int  # the guest who stands for him
    name: str
    email: str
    page_url: str  # where he is, as his browser says: may be any text
    page_title: str
    language: str  # ru, en …
    seen_at: int  # when his window was open last
    is_blocked: bool


class LineRightsView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """What the reader may do with the conversation as it is now."""

    take: bool
    skip: bool  # give it to the next operator
    transfer: bool
    finish: bool
    spam: bool
    reopen: bool
    whisper: bool  # write what the customer does not get, switch the silent mode, pin


class LineChatView(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The newest conversation in an operators' chat."""

    line_id: int  # which serves it now
    line_name: str
    connector: str  # livechat, network
    session_id: int
    status: int  # 0 new, 5 skipped, 10 taken, 20 and 25 customer waits, 40 answered, 50 ending, 60 and more closed
    operator_id: int  # who has taken it, 0 = nobody
    bot_id: int  # the bot in charge, 0 = none
    started_at: int
    queued_at: int  # when it came to people
    taken_at: int
    client_wrote_at: int
    closed_at: int  # 0 = it goes on
    is_silent: bool  # is nothing of what operators write sent to the customer?
    is_pinned: bool  # is it not finished by itself?
    is_offered: bool  # is the reader asked to take it?
    awaits_vote: bool
    vote: int  # 1 to 5, 0 = none
    client: LineClientView
    can: LineRightsView
