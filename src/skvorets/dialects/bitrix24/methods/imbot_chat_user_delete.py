"""``imbot.chat.user.delete``: remove somebody from a chat as the bot.

Parameters: those of ``im.chat.user.delete``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.user.delete".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_user_delete import im_chat_user_delete
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_user_delete = twin("imbot.chat.user.delete", im_chat_user_delete)
