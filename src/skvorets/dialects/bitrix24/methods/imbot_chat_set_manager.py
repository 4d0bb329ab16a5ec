"""``imbot.chat.setManager``: make a member of the bot's chat a manager, or an ordinary member again.

Parameters: those of ``im.chat.setManager``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3 (not in the seed).
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_chat_set_manager import im_chat_set_manager
from skvorets.dialects.bitrix24.twins import twin

imbot_chat_set_manager = twin("imbot.chat.setManager", im_chat_set_manager)
