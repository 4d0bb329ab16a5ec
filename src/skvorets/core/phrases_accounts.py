"""The letter that goes out with an invitation, in the portal's language. Own wording."""

from __future__ import annotations


def invitation_subject(language: str, inviter: str) -> str:
    """Give the subject."""
    if language == "ru":
        return f"{inviter} приглашает вас в Скворец"
    return f"{inviter} invites you to Skvorets"


def invitation_text(language: str, inviter: str, link: str, days: int) -> str:
    """Give the text, some lines."""
    if language == "ru":
        return (
            f"Здравствуйте!\n\n{inviter} приглашает вас в корпоративный мессенджер.\n"
            f"Чтобы войти, откройте ссылку и придумайте логин и пароль:\n\n{link}\n\n"
            f"Ссылка действует один раз, дней: {days}. Не пересылайте её: по ней войдёт любой.\n"
            "Если вы не ждали этого письма, ничего не делайте."
        )
    return (
        f"Hello!\n\n{inviter} invites you to the company's messenger.\n"
        f"Open the link and choose a login and a password:\n\n{link}\n\n"
        f"The link works once; days it is valid: {days}. Do not pass it on: it lets anybody in.\n"
        "If you did not expect this letter, do nothing."
    )
