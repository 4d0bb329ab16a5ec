"""``imbot.chat.updateColor``: change the colour of a chat as the bot.

Parameters: those of ``im.chat.updateColor``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.updateColor".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_update_color import im_chat_update_color
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_update_color = twin("imbot.chat.updateColor", im_chat_update_color)
