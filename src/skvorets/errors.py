"""What can go wrong, in the core's words: no HTTP status, no dialect's code.

A dialect's method table says which documented code each of these becomes; see ``dialects/*/errors.py``.
Hidden and absent objects look the same on purpose (one door: ``core/access.py``).
"""

from __future__ import annotations

from skvorets.core.content_errors import ContentError


class CoreError(Exception):
    """Base of all refusals by the rules of the core. Nothing was changed when one is raised."""


class NotFoundError(CoreError):
    """The object does not exist or the caller may not know that it does."""


class ChatNotFoundError(NotFoundError):
    """No such chat for this person."""


class PersonNotFoundError(NotFoundError):
    """No such person for this person."""


class MessageNotFoundError(NotFoundError):
    """No such message for this person."""


class BotNotFoundError(NotFoundError):
    """No such bot."""


class CommandNotFoundError(NotFoundError):
    """No such slash command."""


class ChatAppNotFoundError(NotFoundError):
    """No such chat application, or it is not shown to this person there."""


class PlacementNotFoundError(NotFoundError):
    """No such place, or nothing that is shown to this person at it."""


class ApplicationNotFoundError(NotFoundError):
    """No such application, or it is not installed."""


class LineNotFoundError(NotFoundError):
    """No such open line for this person."""


class AnswerNotFoundError(NotFoundError):
    """No such canned answer for this person."""


class LineClosedError(CoreError):
    """The open line takes no messages: it is switched off, or the customer is blocked."""


class WrongLineCodeError(CoreError):
    """This cannot be the code of an open line."""


class TooSoonError(CoreError):
    """The open line wrote to this person by itself not long ago."""


class LineServerError(CoreError):
    """The server of the open line does not answer, or not as it should."""


class NotALineChatError(CoreError):
    """The chat is none of an open line, or nothing was ever said in it."""


class WrongOperatorError(CoreError):
    """The person cannot take over: a bot, from outside, disabled, or not a person at all."""


class SessionClosedError(CoreError):
    """The conversation is finished already."""


class TaskNotFoundError(NotFoundError):
    """No such task for this person."""


class NoSuchFileError(NotFoundError):
    """No such file for this person."""


class NoSuchFolderError(NotFoundError):
    """No such folder for this person."""


class PostNotFoundError(NotFoundError):
    """No such post of the news feed for this person."""


class CalendarNotFoundError(NotFoundError):
    """No such calendar for this person."""


class CalendarEventNotFoundError(NotFoundError):
    """No such event for this person."""


class SectionNotFoundError(NotFoundError):
    """No such section of catalogs for this person."""


class CatalogNotFoundError(NotFoundError):
    """No such catalog for this person."""


class RecordNotFoundError(NotFoundError):
    """No such record for this person."""


class WrongFieldError(CoreError):
    """A catalog cannot have such a field."""


class WrongValuesError(CoreError):
    """Values of a record that its fields do not take; ``fields`` says why, by field id."""

    def __init__(self, fields: dict[str, str]) -> None:
        """Say why, by field id."""
        super().__init__("; ".join(f"{field_id}: {reason}" for field_id, reason in fields.items()))
        self.fields = fields


class WrongQuestionError(CoreError):
    """A filter or an order that cannot be understood."""


class NotEmptyError(CoreError):
    """There is still something in what shall be deleted."""


class NoDestinationError(CoreError):
    """A post for nobody whom its author may write to."""


class WrongTimeError(CoreError):
    """An end before its beginning, or a time that no calendar shows."""


class PhraseTooShortError(CoreError):
    """What is searched for has too few letters."""


class NotAllowedError(CoreError):
    """The person sees the object but may not do this with it."""


class NotOwnerError(NotAllowedError):
    """The bot, command or handler belongs to another application."""


class NotMemberError(NotAllowedError):
    """The person does not take part in the chat."""


class LastAdministratorError(NotAllowedError):
    """Nobody would be left who may administer."""


class OwnAccountError(NotAllowedError):
    """Nobody may do this to himself."""


class FixedChatError(NotAllowedError):
    """The kind of the chat, or the thing it belongs to, does not allow this to anybody."""


class GeneralChatError(NotAllowedError):
    """The chat of all employees does not allow this to anybody."""


class ReplyElsewhereError(CoreError):
    """The answered message is in another chat."""


class EmptyMessageError(CoreError):
    """A message without text and without content."""


class CannotEditError(NotAllowedError):
    """Not the author, too late, or already deleted."""


class NothingChangedError(CoreError):
    """The wished state is the present state."""


class DepartmentNotFoundError(NotFoundError):
    """No such department."""


class WrongParentError(CoreError):
    """A department cannot stand below itself."""


class WrongStatusError(CoreError):
    """The status is not one of those that may be chosen."""


class WrongColorError(CoreError):
    """The colour is not one of the allowed names."""


class WrongImageError(CoreError):
    """Not a picture of an accepted type."""


class ImageTooLargeError(WrongImageError):
    """A picture of more than the accepted width or height."""


class EmptyTitleError(CoreError):
    """A chat title without any character."""


class EmptyNameError(CoreError):
    """A bot without a name."""


class EmptyCodeError(CoreError):
    """A bot, command or application without its code."""


class TooManyBotsError(CoreError):
    """The application has reached its number of bots."""


class TooManyLinesError(CoreError):
    """The portal has reached its number of open lines."""


class WrongKeysError(CoreError):
    """These are not the keys of a browser's subscription."""


class WrongAddressError(CoreError):
    """The URL of a handler cannot be called."""


class WrongProtocolError(WrongAddressError):
    """The URL of a handler is neither http nor https."""


class WrongNameError(CoreError):
    """A code or a command's name that is too long, reserved or of characters that are not allowed."""


class TakenError(CoreError):
    """The code, name or e-mail belongs to another one already."""


class NameTakenError(TakenError):
    """A file or folder of this name lies in the folder already."""


class EmptyPhrasesError(CoreError):
    """A visible command without any words for it."""


class TooLargeError(CoreError):
    """More or longer than the limit of what is to be kept."""


class AlreadyBoundError(CoreError):
    """The same handler is bound already."""


class WrongSecretError(CoreError):
    """A password, code, token or client secret that is wrong, spent or too old."""


class WrongCodeError(WrongSecretError):
    """A code of the second factor that is wrong, spent or too old."""


class NewPasswordRequiredError(CoreError):
    """The password was good for once: with it a new one must be given."""


class SecondFactorRequiredError(CoreError):
    """Login and password are right; a code of the second factor is wanted as well."""


class WrongRecipientError(CoreError):
    """A letter for somebody who does not exist, is dismissed or hidden from its author; the text is his id."""


class WrongEmailError(CoreError):
    """What cannot be an e-mail address."""


class WeakPasswordError(CoreError):
    """A password that is too short or too long."""


class TooManyAttemptsError(CoreError):
    """Too many wrong passwords for this login or from this address; the next attempt is accepted later."""


class OverloadedError(CoreError):
    """The queue of writes is full; the caller should come back later. Nothing was changed."""


__all__ = [
    "AlreadyBoundError",
    "ApplicationNotFoundError",
    "BotNotFoundError",
    "CalendarEventNotFoundError",
    "CalendarNotFoundError",
    "CannotEditError",
    "CatalogNotFoundError",
    "ChatAppNotFoundError",
    "ChatNotFoundError",
    "CommandNotFoundError",
    "ContentError",
    "CoreError",
    "DepartmentNotFoundError",
    "EmptyCodeError",
    "EmptyMessageError",
    "EmptyNameError",
    "EmptyPhrasesError",
    "EmptyTitleError",
    "FixedChatError",
    "GeneralChatError",
    "ImageTooLargeError",
    "LastAdministratorError",
    "MessageNotFoundError",
    "NameTakenError",
    "NewPasswordRequiredError",
    "NoDestinationError",
    "NoSuchFileError",
    "NoSuchFolderError",
    "NotAllowedError",
    "NotEmptyError",
    "NotFoundError",
    "NotMemberError",
    "NotOwnerError",
    "NothingChangedError",
    "OverloadedError",
    "OwnAccountError",
    "PersonNotFoundError",
    "PhraseTooShortError",
    "PlacementNotFoundError",
    "PostNotFoundError",
    "RecordNotFoundError",
    "ReplyElsewhereError",
    "SecondFactorRequiredError",
    "SectionNotFoundError",
    "TakenError",
    "TaskNotFoundError",
    "TooLargeError",
    "TooManyAttemptsError",
    "TooManyBotsError",
    "WeakPasswordError",
    "WrongAddressError",
    "WrongCodeError",
    "WrongColorError",
    "WrongEmailError",
    "WrongFieldError",
    "WrongImageError",
    "WrongNameError",
    "WrongParentError",
    "WrongProtocolError",
    "WrongQuestionError",
    "WrongRecipientError",
    "WrongSecretError",
    "WrongStatusError",
    "WrongTimeError",
    "WrongValuesError",
]
