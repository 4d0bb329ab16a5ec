"""``imbot.chat.updateAvatar``: change the picture of a chat as the bot.

Parameters: those of ``im.chat.updateAvatar``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.updateAvatar".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_update_avatar import im_chat_update_avatar
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_update_avatar = twin("imbot.chat.updateAvatar", im_chat_update_avatar)
