"""``imbot.chat.add``: create a chat as the bot, which owns it unless OWNER_ID says otherwise.

Parameters: those of ``im.chat.add``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.add".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_add import im_chat_add
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_add = twin("imbot.chat.add", im_chat_add)
