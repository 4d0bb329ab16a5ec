"""``imbot.chat.setOwner``: hand a chat of the bot over to another member.

Parameters: those of ``im.chat.setOwner``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.setOwner".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_set_owner import im_chat_set_owner
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_set_owner = twin("imbot.chat.setOwner", im_chat_set_owner)
