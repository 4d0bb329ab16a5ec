"""What the system says about lines of the network, in the portal's language."""

from __future__ import annotations


def open_line(language: str) -> str:
    """Describe a bot of a line that does not describe itself."""
    return "Открытая линия" if language == "ru" else "Open line"


def line_is_gone(language: str) -> str:
    """Tell who writes that nobody will read it."""
    if language == "ru":
        return "Эта линия больше не принимает сообщения."
    return "This line does not take messages any more."


def line_is_closed(language: str) -> str:
    """Tell who writes that the line does not take it now."""
    if language == "ru":
        return "Линия сейчас не принимает ваши сообщения."
    return "The line does not take your messages now."


def not_delivered(language: str, server: str) -> str:
    """Tell who wrote that the other server could not be reached."""
    if language == "ru":
        return f"Сообщение не доставлено: сервер линии {server} не отвечает."
    return f"The message was not delivered: the server of the line, {server}, does not answer."


def not_delivered_to_client(language: str, server: str) -> str:
    """Tell operators that the customer has not got their message."""
    if language == "ru":
        return f"Клиент не получил сообщение: его сервер {server} не отвечает."
    return f"The customer did not get the message: the server {server} does not answer."


def file_left_out(language: str, name: str) -> str:
    """Stand in for a file that was too large or could not be fetched."""
    name = name.replace("[", "(").replace("]", ")")
    return f"[Файл «{name}» не передан]" if language == "ru" else f"[The file “{name}” was not passed on]"


def quote(language: str, name: str, text: str) -> str:
    """Show operators what the line had written to the customer before he answered."""
    head = "Линия писала клиенту" if language == "ru" else "The line had written to the customer"
    return f"{head} ({name}):\n------------------------------------------------------\n{text}\n" + "-" * 54
