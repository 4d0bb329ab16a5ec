"""The first minutes of somebody new: start the demonstration, do what README.md says, build upon what was printed."""

from __future__ import annotations

import html
import json
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from support.demonstration import Demonstration, demonstration, wait_until
from support.processes import started

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

README = Path(__file__).resolve().parents[2] / "README.md"
NOTES = {
    "PORTAL", "LOGIN", "PASSWORD", "WEBHOOK", "BOT_ID", "LINE", "CLIENT_ID", "CLIENT_SECRET", "APPLICATION_TOKEN",
    "MEMBER_ID",
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    with demonstration(tmp_path_factory.mktemp("demo")) as running:
        yield running


def commands_of_readme(heading: str = "First words", number: int = 1) -> str:
    """Give the shell commands under a heading, as they are printed: the first block of them or another one."""
    section = README.read_text("utf-8").split(f"## {heading}", 1)[1]
    return section.split("```sh\n", number)[number].split("```", 1)[0]


def shell(demo: Demonstration, script: str, **environment: str) -> list[Any]:
    """Run a script as the reader does; the JSON answers that it printed, one after another."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=demo.folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    answers, rest = [], done.stdout.strip()
    while rest:
        answer, end = json.JSONDecoder().raw_decode(rest)
        answers.append(answer)
        rest = rest[end:].lstrip()
    return answers


def check_first_words(demo: Demonstration, **environment: str) -> None:
    source, write, look, read = commands_of_readme().strip().splitlines()
    written, dialog, _ = shell(demo, commands_of_readme(), **environment)
    assert (source, write.split()[0], look.split()[0]) == (". var/demo/demo.env", "curl", "curl")
    assert dialog["result"]["dialog_id"] == demo.notes["BOT_ID"]
    bot_id = int(demo.notes["BOT_ID"])
    wait_until(lambda: demo.newest(bot_id)["text"] == "Сообщение от бота")
    [answer] = shell(demo, f"{source}\n{read}", **environment)
    greeting, own, echo = sorted(answer["result"]["messages"], key=lambda one: int(one["id"]))
    assert (own["id"], own["text"], own["author_id"]) == (written["result"], "Привет!", 1)
    assert (greeting["author_id"], echo["author_id"]) == (bot_id, bot_id)
    assert [button["COMMAND"] for button in greeting["params"]["KEYBOARD"]] == ["help"]
    assert echo["params"]["ATTACH"][0]["BLOCKS"][0] == {"MESSAGE": "вы сказали: Привет!"}


def test_the_commands_of_the_readme_work_as_they_are_printed(demo: Demonstration) -> None:
    check_first_words(demo)


def test_megaplan_as_the_readme_has_it(demo: Demonstration) -> None:
    [sent] = shell(demo, commands_of_readme("Other dialects", 1))
    message = sent["data"]["message"]
    assert (sent["status"]["code"], message["Subject"], message["Folder"]) == ("ok", "Обед", "outgoing")
    assert demo.newest(2)["text"] == "Кто идёт?"


def test_bpium_as_the_readme_has_it(demo: Demonstration) -> None:
    catalog, record, message = shell(demo, commands_of_readme("Other dialects", 2))
    assert (catalog["id"], record["id"]) == ("11", "1")
    [chat] = demo.call("im.search.chat.list", FIND="Новая заявка").values()
    assert demo.newest(f"chat{chat['id']}")["id"] == int(message["id"])


def test_what_is_printed_is_kept_for_the_owner_only(demo: Demonstration) -> None:
    assert set(demo.notes) == NOTES
    assert all(demo.notes.values())
    file = demo.folder / "var/demo/demo.env"
    assert file.stat().st_mode & 0o777 == 0o600
    assert "\n".join(demo.program.lines).count(file.read_text("utf-8")) == 1
    assert demo.notes["PORTAL"] == demo.url


def test_the_way_to_the_developers_page_is_printed(demo: Demonstration) -> None:
    words = f"{demo.url}/dev    login {demo.notes['LOGIN']}, password {demo.notes['PASSWORD']}"
    assert [line for line in demo.program.lines if line.endswith(words)]
    with urllib.request.urlopen(f"{demo.url}/dev") as response:  # noqa: S310 — our own server
        assert b"/client/dev/app.js" in response.read()


def test_a_server_can_be_started_by_who_has_exported_the_notes(demo: Demonstration) -> None:
    """The names begin as those of settings do."""
    script = "set -a; . var/demo/demo.env; python -m skvorets doctor --data-dir nothing >&2"
    environment = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    assert shell(demo, script, **environment) == []


def test_the_bot_answers_its_command_in_chats_where_it_is_not(demo: Demonstration) -> None:
    chat_id = demo.call("im.chat.add", TITLE="Без бота", USERS=[1, 2])
    answer = demo.answer_to(f"chat{chat_id}", "/echo раз-два")
    assert answer["author_id"] == 0  # who is not in a chat cannot speak there: the portal tells what he answered
    assert f"[USER={demo.notes['BOT_ID']}]" in answer["text"]
    assert answer["text"].endswith("\nОтвет на команду")
    assert answer["params"]["ATTACH"][0]["BLOCKS"][0] == {"MESSAGE": "вы сказали: /echo раз-два"}


def test_the_bot_greets_in_a_chat_that_it_is_invited_to(demo: Demonstration) -> None:
    chat_id = demo.call("im.chat.add", TITLE="С ботом", USERS=[1, int(demo.notes["BOT_ID"])])
    wait_until(lambda: demo.newest(f"chat{chat_id}")["text"].startswith("Привет! Я повторяю"))


@pytest.mark.parametrize("body", [b"", b"event=ONIMBOTMESSAGEADD", b"[" * 50, b"\xff\xfe", b"a[b]=1&" * 20_000])
def test_the_bots_address_stands_nonsense(demo: Demonstration, body: bytes) -> None:
    words = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "--data-binary", "@-", f"{demo.url}/demo/echo-bot/"]
    status = subprocess.run(words, input=body, capture_output=True, check=True).stdout
    assert status in {b"200", b"400"}


def test_the_printed_login_and_application_work_with_oauth(demo: Demonstration) -> None:
    page = f"{demo.url}/oauth/authorize/"
    with urllib.request.urlopen(f"{page}?{urlencode({'client_id': demo.notes['CLIENT_ID']})}") as form:  # noqa: S310
        ticket = re.search(r'name="ticket" value="([^"]+)"', form.read().decode())
    assert ticket is not None
    fields = {"ticket": html.unescape(ticket[1]), "login": demo.notes["LOGIN"], "password": demo.notes["PASSWORD"]}
    with pytest.raises(urllib.error.HTTPError) as redirect:
        urllib.request.build_opener(_StayHere).open(page, urlencode(fields).encode())
    with redirect.value:
        assert redirect.value.code == 302
        address = urlsplit(redirect.value.headers["Location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == "http://localhost:9000/"
    asked = {
        "grant_type": "authorization_code",
        "client_id": demo.notes["CLIENT_ID"],
        "client_secret": demo.notes["CLIENT_SECRET"],
        "code": parse_qs(address.query)["code"][0],
    }
    with urllib.request.urlopen(f"{demo.url}/oauth/token/?{urlencode(asked)}") as answer:  # noqa: S310
        tokens = json.load(answer)
    assert tokens["member_id"] == demo.notes["MEMBER_ID"]
    with urllib.request.urlopen(f"{demo.url}/rest/user.current?auth={tokens['access_token']}") as answer:  # noqa: S310
        assert json.load(answer)["result"]["NAME"] == "Анна"


def test_the_company_is_the_same_at_every_first_start(demo: Demonstration, tmp_path: Path) -> None:
    with demonstration(tmp_path) as other:
        assert company_of(other) == company_of(demo)
        assert other.notes["BOT_ID"] == demo.notes["BOT_ID"]
        for secret in ("PASSWORD", "WEBHOOK", "CLIENT_ID", "CLIENT_SECRET", "APPLICATION_TOKEN", "MEMBER_ID"):
            assert other.notes[secret] != demo.notes[secret]


def company_of(demo: Demonstration) -> list[Any]:
    """Give people, old chats with their histories, and tasks: ids and texts."""
    people = demo.call("user.get", ORDER="ID")
    chats = [item for item in demo.call("im.recent.get") if item["type"] == "chat" and int(item["chat"]["id"]) < 10]
    histories = [demo.call("im.dialog.messages.get", DIALOG_ID=chat["id"], LIMIT=50)["messages"] for chat in chats]
    tasks = demo.call("task.item.list")
    return [
        sorted((one["ID"], one["NAME"], one["LAST_NAME"], one.get("WORK_POSITION")) for one in people),
        sorted((chat["id"], chat["title"]) for chat in chats),
        sorted((one["id"], one["author_id"], one["text"]) for history in histories for one in history),
        sorted((one["ID"], one["TITLE"], one["RESPONSIBLE_ID"]) for one in tasks),
    ]


def test_the_next_start_goes_on_with_the_same_data_under_another_address(tmp_path: Path) -> None:
    with demonstration(tmp_path) as first:
        said = first.call("im.message.add", DIALOG_ID=2, MESSAGE="вчера")
        assert first.program.stop() == 0
        assert first.program.errors == []
    with demonstration(tmp_path) as second:
        assert second.url != first.url
        assert second.newest(2)["id"] == said
        moved = {name: value.replace(first.url, second.url) for name, value in first.notes.items()}
        assert second.notes == moved
        assert second.answer_to(second.notes["BOT_ID"], "и сегодня", "Сообщение от бота")["params"]["ATTACH"]
        assert second.program.stop() == 0
        assert second.program.errors == []
        listing = [path.name for path in (tmp_path / "var/demo").iterdir()]
        assert not [name for name in listing if name.endswith(".part")]


def test_without_its_notes_it_says_what_to_do(tmp_path: Path) -> None:
    with demonstration(tmp_path) as first:
        first.program.stop()
    (tmp_path / "var/demo/demo.env").unlink()
    with started("demo", "--listen", "127.0.0.1:0", folder=tmp_path) as second:
        assert second.wait() == 1
        assert second.errors == ["skvorets: var/demo/demo.env is missing; remove var/demo to begin anew"]


def test_over_https_all_of_it_works_for_who_trusts_the_authority(tmp_path: Path) -> None:
    with demonstration(tmp_path, "--tls") as demo:
        assert demo.url.startswith("https://127.0.0.1:")
        authority = str(tmp_path / "var/demo/tls/authority.pem")
        assert any(line.strip() == "var/demo/tls/authority.pem" for line in demo.program.lines)
        assert (tmp_path / "var/demo/tls/key.pem").stat().st_mode & 0o777 == 0o600
        check_first_words(demo, CURL_CA_BUNDLE=authority)  # the bot is called over https, too
        with pytest.raises(urllib.error.URLError) as refused:
            urllib.request.urlopen(f"{demo.url}/rest/scope", context=ssl.create_default_context())  # noqa: S310
        assert isinstance(refused.value.reason, ssl.SSLCertVerificationError)
        assert demo.program.stop() == 0
        assert demo.program.errors == []
        first = (tmp_path / "var/demo/tls/authority.pem").read_bytes()
    with demonstration(tmp_path, "--tls") as again:
        assert (tmp_path / "var/demo/tls/authority.pem").read_bytes() == first
        answer = again.answer_to(again.notes["BOT_ID"], "снова")
        assert answer["params"]["ATTACH"][0]["BLOCKS"][0] == {"MESSAGE": "вы сказали: снова"}


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Follow nothing."""


@pytest.mark.parametrize(("query", "title"), [("", "Чайная «Скворец»"), ("?lang=en", "Starling Tea")])
def test_the_shops_page_has_the_tag_of_the_line(demo: Demonstration, query: str, title: str) -> None:
    shown = f"Its customers write from {demo.url}/demo/shop: a bot answers them, then people"
    assert shown in demo.program.lines[:5]
    with urllib.request.urlopen(f"{demo.url}/demo/shop{query}") as response:  # noqa: S310 — our own server
        page = response.read().decode()
        policy = response.headers["Content-Security-Policy"]
    assert f"<h1>{'Чай' if not query else 'Tea'} " in page
    assert f"<title>{title}</title>" in page
    tag = f'<script async src="{demo.url}/widget.js" data-line="{demo.notes["LINE"]}"></script>'
    assert page.count("<script") == page.count(tag) == 1
    assert f"script-src {demo.url};" in policy
    assert "unsafe" not in policy


def test_a_visitor_of_the_shop_is_answered_by_the_bot(demo: Demonstration) -> None:
    coming = {"line": demo.notes["LINE"], "language": "ru", "page": {"url": f"{demo.url}/demo/shop", "title": "Чай"}}
    token = widget(demo, "visitors", {**coming, "name": "Ольга"})["token"]
    widget(demo, "messages", {"text": "Добрый день", "clientId": "first-one"}, token)

    def texts() -> list[str]:
        return [one["text"] for one in widget(demo, "messages", None, token)["messages"]]

    wait_until(lambda: any(text.startswith("Здравствуйте! Я бот магазина.") for text in texts()))
    widget(demo, "messages", {"text": "1", "clientId": "second-one"}, token)
    wait_until(lambda: "Каждый день с 9 до 21, в праздники тоже." in texts())
    for number in ("3", "5"):  # … and hands over to the other bot
        widget(demo, "messages", {"text": number, "clientId": f"choice-{number}"}, token)
    wait_until(lambda: texts()[-1] == "Привет! Я повторяю всё, что слышу.")
    widget(demo, "messages", {"text": "попка дурак", "clientId": "third-one"}, token)
    wait_until(lambda: texts()[-1] == "Сообщение от бота")


def widget(demo: Demonstration, path: str, given: dict[str, Any] | None, token: str = "") -> Any:
    """Call the widget's API as the frame does."""
    body = None if given is None else json.dumps(given).encode()
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(f"{demo.url}/widget/api/{path}", body, headers)  # noqa: S310 — our own server
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        return json.load(answer)
