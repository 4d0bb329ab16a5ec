"""``imbot.dialog.get``: what a dialog is, as the bot sees it.

Parameters: those of ``im.dialog.get``, and BOT_ID (one bot needs none), CLIENT_ID (webhooks).
Source: spec ``bitrix24-imbot.md`` §3; seed "imbot.dialog.get".
"""

from __future__ import annotations

from skvorets.dialects.bitrix24.methods.im_dialog_get import im_dialog_get
from skvorets.dialects.bitrix24.twins import twin

imbot_dialog_get = twin("imbot.dialog.get", im_dialog_get)
