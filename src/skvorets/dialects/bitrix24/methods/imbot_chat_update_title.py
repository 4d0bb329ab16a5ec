"""``imbot.chat.updateTitle``: rename a chat as the bot.

Parameters: those of ``im.chat.updateTitle``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.updateTitle".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_update_title import im_chat_update_title
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_update_title = twin("imbot.chat.updateTitle", im_chat_update_title)
