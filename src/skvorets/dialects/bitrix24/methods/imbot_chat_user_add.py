"""``imbot.chat.user.add``: invite people to a chat as the bot.

Parameters: those of ``im.chat.user.add``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.user.add".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_user_add import im_chat_user_add
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_user_add = twin("imbot.chat.user.add", im_chat_user_add)
