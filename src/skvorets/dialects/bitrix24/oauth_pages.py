"""The HTML of ``/oauth/authorize/``: one form, one page for errors, in Russian and English. No script, no images.

Everything that is not a constant of this module goes through ``html.escape``.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from html import escape
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from skvorets.storage.applications import Application

Language: TypeAlias = Literal["ru", "en"]
# Why the form is shown again; keys of the reasons below.
Refusal: TypeAlias = Literal["", "password", "attempts", "second_factor", "code", "new_password"]

# Languages read from one Accept-Language header; browsers send three or four.
_MAX_LANGUAGES = 20
_LANGUAGE = re.compile(r"\s*(ru|en)\b[^,;]*(?:;\s*q=([0-9.]{1,5}))?", re.IGNORECASE)

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;margin:0;padding:2rem 1rem;background:#f2f4f7;color:#1c2733}
main{max-width:24rem;margin:0 auto;padding:1.5rem;background:#fff;border-radius:.75rem;box-shadow:0 1px 4px #0002}
h1{font-size:1.25rem;margin:0 0 .75rem}
label{display:block;margin:.75rem 0 .25rem}
input{width:100%;box-sizing:border-box;font:inherit;padding:.5rem;border:1px solid #8593a3;border-radius:.4rem}
button{width:100%;margin-top:1.25rem;font:inherit;padding:.6rem;border:0;border-radius:.4rem;color:#fff;background:#1764c0}
:focus-visible{outline:3px solid #1764c0;outline-offset:2px}
ul{padding-left:1.25rem}
.refusal{color:#a3170f;font-weight:600}
@media(prefers-color-scheme:dark){body{background:#12181f;color:#e6ebf0}main{background:#1c2733}
input{background:#12181f;color:inherit}:focus-visible{outline-color:#7fb6ff}.refusal{color:#ff9d94}}
"""
_STYLE_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

_CODE_FIELD = """<label for="code">{label}</label>
<input id="code" name="code" autocomplete="one-time-code" autocapitalize="none" spellcheck="false" required>
"""
_WORDS: Mapping[Language, Mapping[str, str]] = {
    "ru": {
        "title": "Вход",
        "asks": "Приложение «{name}» просит доступ к порталу {domain} от вашего имени:",
        "login": "Логин",
        "password": "Пароль",
        "code": "Код из приложения или резервный код",
        "agree": "Войти и разрешить",
    },
    "en": {
        "title": "Log in",
        "asks": "The application “{name}” asks to act for you on the portal {domain}:",
        "login": "Login",
        "password": "Password",
        "code": "Code of the application, or a recovery code",
        "agree": "Log in and allow",
    },
}
# Reason → what the person reads.
_REASONS: Mapping[Language, Mapping[str, str]] = {
    "ru": {
        "error": "Не получилось",
        "password": "Неверный логин или пароль.",
        "second_factor": "Введите пароль ещё раз и код второго фактора.",
        "code": "Неверный код. Введите пароль ещё раз и новый код.",
        "new_password": "Этот пароль одноразовый. Сначала войдите с ним в мессенджер и выберите свой.",
        "attempts": "Слишком много попыток. Повторите через 15 минут.",
        "request": "Запрос составлен неверно. Вернитесь в приложение и начните заново.",
        "application": "Приложение не найдено или не установлено.",
        "handler": "У приложения нет адреса обработчика: возвращаться некуда.",
        "redirect": "Адрес возврата не совпадает с адресом обработчика приложения.",
        "scope": "Приложение просит права, которых у него нет.",
        "ticket": "Форма устарела. Вернитесь в приложение и начните заново.",
        "foreign": "Форма отправлена с другого сайта.",
        "method": "Так эту страницу не открывают.",
        "failure": "Внутренняя ошибка сервера.",
    },
    "en": {
        "error": "That did not work",
        "password": "Wrong login or password.",
        "second_factor": "Enter the password again, and the code of your second factor.",
        "code": "Wrong code. Enter the password again, and a new code.",
        "new_password": "This is a one-time password. Log in to the messenger with it first, and choose your own.",
        "attempts": "Too many attempts. Try again in 15 minutes.",
        "request": "The request is malformed. Go back to the application and start again.",
        "application": "The application does not exist or is not installed.",
        "handler": "The application has no handler address to return to.",
        "redirect": "The return address is not the application's handler address.",
        "scope": "The application asks for rights that it does not have.",
        "ticket": "The form is too old. Go back to the application and start again.",
        "foreign": "The form was sent from another site.",
        "method": "This page is not opened in this way.",
        "failure": "Internal server error.",
    },
}


def language_of(accepted: str, portal_language: str) -> Language:
    """Choose the language: the browser's first choice among ours, else the portal's."""
    best: tuple[float, Language] | None = None
    for part in accepted[:1000].split(",")[:_MAX_LANGUAGES]:
        match = _LANGUAGE.match(part)
        if match is None:
            continue
        weight = _weight(match[2])
        if weight > 0 and (best is None or weight > best[0]):
            best = (weight, "ru" if match[1].lower() == "ru" else "en")
    if best is not None:
        return best[1]
    return "ru" if portal_language == "ru" else "en"


def page_of_form(
    language: Language, application: Application, domain: str, ticket: str, *, refusal: Refusal = "", login: str = ""
) -> str:
    """Give the login form of an application's question; the field of the code only where one is wanted."""
    words = _WORDS[language]
    asks = escape(words["asks"]).format(name=escape(application.name), domain=escape(domain))
    scopes = "".join(f"<li>{escape(scope)}</li>" for scope in sorted(application.scope_set))
    said = f'<p class="refusal" role="alert">{escape(_REASONS[language][refusal])}</p>' if refusal else ""
    code = _CODE_FIELD.format(label=escape(words["code"])) if refusal in {"second_factor", "code"} else ""
    body = f"""<p>{asks}</p><ul>{scopes}</ul>{said}
<form method="post" action="/oauth/authorize/" autocomplete="on">
<input type="hidden" name="ticket" value="{escape(ticket)}">
<label for="login">{escape(words["login"])}</label>
<input id="login" name="login" value="{escape(login)}" autocomplete="username" required autofocus>
<label for="password">{escape(words["password"])}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
{code}<button>{escape(words["agree"])}</button>
</form>"""
    return _document(language, words["title"], body)


def page_of_error(language: Language, reason: str) -> str:
    """Give the page that says what went wrong."""
    reasons = _REASONS[language]
    return _document(language, reasons["error"], f'<p class="refusal" role="alert">{escape(reasons[reason])}</p>')


def security_headers(sends_to: str) -> dict[str, str]:
    """Give the headers of a page whose form leads, by our redirect, to the address ``sends_to`` ("" = nowhere else).

    Browsers count the redirect after a form as part of sending it, so its origin must be allowed, too.
    """
    parts = urlsplit(sends_to)
    target = f" {parts.scheme}://{parts.netloc}" if parts.netloc and not re.search(r"[\s;,]", parts.netloc) else ""
    return {
        "Content-Security-Policy": (
            f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; form-action 'self'{target}; "
            "base-uri 'none'; frame-ancestors 'none'"
        ),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def _weight(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0


def _document(language: Language, title: str, body: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<main><h1>{escape(title)}</h1>{body}</main></html>\n"
    )
