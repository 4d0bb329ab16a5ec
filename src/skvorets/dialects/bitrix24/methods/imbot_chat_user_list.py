"""``imbot.chat.user.list``: ids of the members of a chat that the bot may read.

Parameters: those of ``im.chat.user.list``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.user.list".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_user_list import im_chat_user_list
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_user_list = twin("imbot.chat.user.list", im_chat_user_list)
