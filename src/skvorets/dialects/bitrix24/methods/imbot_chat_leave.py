"""``imbot.chat.leave``: let the bot leave a chat.

Parameters: those of ``im.chat.leave``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.chat.leave".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.errors import ACCESS_ERROR
from skvorets.dialects.bitrix24.methods.im_chat_leave import im_chat_leave
from skvorets.dialects.bitrix24.twins import twin
from skvorets.errors import ChatNotFoundError, NotMemberError

# The seed names this code where ``im.chat.leave`` has WRONG_REQUEST.
imbot_chat_leave = twin(
    "imbot.chat.leave", im_chat_leave, errors={ChatNotFoundError: ACCESS_ERROR, NotMemberError: ACCESS_ERROR}
)
