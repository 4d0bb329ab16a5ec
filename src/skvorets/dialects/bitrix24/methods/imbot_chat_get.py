"""``imbot.chat.get``: find the chat of a thing among those that the bot may read.

Parameters: those of ``im.chat.get``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.get".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_get import im_chat_get
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_get = twin("imbot.chat.get", im_chat_get)
