"""Refusals of rich content: attachments, keyboards, context menus.

The documented codes they become: ``ATTACH_ERROR`` / ``ATTACH_OVERSIZE`` and so on (bitrix24-imbot §6–§8).
"""

from __future__ import annotations


class ContentError(Exception):
    """Base of all refusals of rich content. Nothing was stored when one is raised."""


class AttachInvalidError(ContentError):
    """Not one block of the attachment passed the check."""


class AttachTooLargeError(ContentError):
    """The attachment takes more than 30 KB."""


class KeyboardInvalidError(ContentError):
    """Not one button of the keyboard passed the check."""


class KeyboardTooLargeError(ContentError):
    """The keyboard takes more than 30 KB."""


class MenuInvalidError(ContentError):
    """Not one item of the context menu passed the check."""


class MenuTooLargeError(ContentError):
    """The context menu takes more than 30 KB."""
