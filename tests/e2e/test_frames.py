"""Applications in frames in a real browser: the library in a page of another origin, the portal around it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Frame, Page, expect

from skvorets.core import logins, tokens
from skvorets.core.tokens import Token
from skvorets.storage import applications
from support.chromium import page_of
from support.frame_apps import FrameApp, frame_of, portal, shown, with_pages
from support.pages import grave_violations, page_for
from support.placements import binding
from support.world import World

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """SQLite only: what a browser shows does not depend on the engine."""
    async with portal(tmp_path) as running:
        yield running


async def asked(frame: Frame, call: str, *args: object) -> Any:
    """Call a function of the library whose last argument is a callback; what that gets."""
    code = (
        f"(args) => new Promise((done) => BX24.{call}(...args, (answer) => done(answer === undefined ? null : answer)))"
    )
    return await asyncio.wait_for(frame.evaluate(code, list(args)), timeout=8)


RESULT = """([method, params]) => new Promise((done) => BX24.callMethod(method, params, (result) => done({
    data: result.data() ?? null, error: result.error()?.ex.error ?? null, status: result.error()?.getStatus() ?? 0,
    text: String(result.error() ?? ""), more: result.more(), total: result.total() || null })))"""


async def test_init_and_calls(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (page, frame):
            await expect(page.get_by_role("heading", name="Frames")).to_be_visible()
            posted = app.opened[0]
            assert (posted["PLACEMENT"], posted["DOMAIN"]) == ("DEFAULT", world.config.domain)
            assert app.referers == [f"{world.url}/"]
            auth = await frame.evaluate("BX24.getAuth()")
            assert auth["access_token"] == posted["AUTH_ID"]
            assert (auth["domain"], auth["member_id"]) == (posted["DOMAIN"], posted["member_id"])
            said = await frame.evaluate("[BX24.isAdmin(), BX24.getLang(), BX24.getDomain(), BX24.placement.info()]")
            assert said == [False, "ru", world.config.domain, {"placement": "DEFAULT", "options": {}}]
            answer = await frame.evaluate(RESULT, ["profile", {}])
            assert (answer["data"]["ID"], answer["error"], answer["more"]) == (str(world.bob.id), None, False)
            given = {"DIALOG_ID": str(world.carol.id), "MESSAGE": "тест & 1=2", "SYSTEM": False}
            message_id = (await frame.evaluate(RESULT, ["im.message.add", given]))["data"]
            messages = await world.carol.call("im.dialog.messages.get", DIALOG_ID=world.bob.id)
            assert [(one["id"], one["text"]) for one in messages["messages"]] == [(message_id, "тест & 1=2")]
            answer = await frame.evaluate(RESULT, ["im.nothing", {}])
            assert (answer["error"], answer["status"]) == ("ERROR_METHOD_NOT_FOUND", 404)
            assert answer["text"] == "ERROR_METHOD_NOT_FOUND: Method not found! (404)"
            assert await grave_violations(page) == []


async def test_batches_and_pages(world: World, chromium_browser: Browser) -> None:
    for number in range(60):
        await world.add(f"Person{number:02}", "Many")
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (_, frame):
            code = """() => new Promise((done) => BX24.callBatch({
                me: ["user.current", {}],
                again: {method: "im.user.get", params: {ID: "$result[me][ID]"}},
                wrong: ["im.nothing"],
            }, (found) => done([found.me.data().ID, found.again.data().id, found.wrong.error().ex.error])))"""
            assert await frame.evaluate(code) == [str(world.bob.id), world.bob.id, "ERROR_METHOD_NOT_FOUND"]
            code = """() => new Promise((done) => BX24.callBatch(
                [["user.current", {}], ["im.nothing"], ["server.time"]],
                (found) => done(found.map((one) => [Boolean(one.data()), Boolean(one.error())])), true))"""
            assert await frame.evaluate(code) == [[True, False], [False, True], [False, False]]
            code = """() => new Promise((done) => {
                const pages = [];
                BX24.callMethod("user.get", {sort: "ID"}, (page) => {
                    pages.push(page.data().length);
                    if (page.more()) page.next();
                    else done([pages, page.total()]);
                });
            })"""
            pages, total = await frame.evaluate(code)
            assert (pages, total) == ([50, total - 50], 50 + pages[1])


async def test_an_expired_token_is_renewed_once(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (page, frame):
            old = Token(tokens.ACCESS, application.id, application.installation, world.bob.id, expires_at=1)
            expired = tokens.issue(world.app.store.portal, old)
            await frame.evaluate("BX24.getAuth()")
            # The next answer about tokens brings one that has expired; the one after it a good one.
            await page.route(
                "**/tokens",
                lambda route: route.fulfill(json={"accessToken": expired, "refreshToken": "x", "expiresIn": 3600}),
                times=1,
            )
            assert (await asked(frame, "refreshAuth"))["access_token"] == expired
            calls: list[str] = []
            page.on("request", lambda request: calls.append(request.url.rpartition("/")[2]))
            answer = await frame.evaluate(RESULT, ["profile", {}])
            assert answer["data"]["ID"] == str(world.bob.id)
            assert calls == ["profile.json", "tokens", "profile.json"]
            await page.route(
                "**/tokens",
                lambda route: route.fulfill(json={"accessToken": expired, "refreshToken": "x", "expiresIn": 3600}),
            )
            await asked(frame, "refreshAuth")
            calls.clear()
            answer = await frame.evaluate(RESULT, ["profile", {}])
            assert (answer["error"], answer["status"]) == ("expired_token", 401)
            assert calls == ["profile.json", "tokens", "profile.json"]


async def test_the_window_around(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (page, frame):
            assert await asked(frame, "resizeWindow", 500, 300) == {"width": 500, "height": 300}
            assert await asked(frame, "resizeWindow", "100%", 1200) == {"width": 1280, "height": 1200}
            assert (await asked(frame, "fitWindow"))["height"] == 400
            assert await frame.evaluate("BX24.getScrollSize().scrollHeight") == 400
            await frame.evaluate("BX24.setTitle('<b>Other</b>')")
            await expect(page.get_by_role("heading", name="<b>Other</b>")).to_be_visible()
            options = await asked(frame, "userOption.set", "view", {"columns": [1, 2]})
            assert options == {"view": {"columns": [1, 2]}}
            assert await frame.evaluate("BX24.userOption.get('view')") == {"columns": [1, 2]}
            assert await asked(frame, "openPath", "https://elsewhere.example.com/") == {
                "result": "error",
                "errorCode": "PATH_NOT_AVAILABLE",
            }
            async with page.expect_popup():
                assert await asked(frame, "openPath", "/dev") == {"result": "close"}
            await frame.evaluate("BX24.closeApplication()")
            await expect(page.get_by_text("The application is closed.")).to_be_visible()
            await expect(page.locator("iframe")).to_have_count(0)
            await page.get_by_role("button", name="Open again").click()
            await frame_of(page)


async def test_an_application_opens_itself_over_itself(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (page, frame):
            await frame.evaluate("""() => { BX24.openApplication({opened: true}, () => { window.isClosed = true },
                {width: 450, title: "Over"}) }""")
            over = await frame_of(page, 1)
            await expect(page.get_by_role("heading", name="Over")).to_be_visible()
            options = {"opened": True, "bx24_width": 450, "bx24_title": "Over"}
            assert await over.evaluate("BX24.placement.info().options") == options
            box = await page.locator("dialog.slider").bounding_box()
            assert box is not None
            assert box["width"] == 450
            assert await frame.evaluate("Boolean(window.isClosed)") is False
            await over.evaluate("BX24.closeApplication()")
            await frame.wait_for_function("window.isClosed")
            await expect(page.locator("iframe")).to_have_count(1)


async def test_people_are_chosen(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (page, frame):
            one = asyncio.create_task(asked(frame, "selectUser"))
            await page.get_by_role("searchbox").fill("sidor")
            await expect(page.locator(".chooser-person")).to_have_count(1)
            await page.get_by_role("button", name="Carol Sidorova").click()
            found = await one
            assert (found["id"], found["name"]) == (world.carol.id, "Carol Sidorova")
            several = asyncio.create_task(asked(frame, "selectUsers"))
            await page.get_by_role("button", name="Alice Petrova").click()
            await page.get_by_role("button", name="Bob Ivanov").click()
            await page.get_by_role("button", name="Done").click()
            assert [each["id"] for each in await several] == [world.alice.id, world.bob.id]
            access = asyncio.create_task(asked(frame, "selectAccess", ["AU"]))
            await page.get_by_role("button", name="Alice Petrova").click()
            await page.get_by_role("button", name="Done").click()
            assert [each["id"] for each in await access] == ["AU", f"U{world.alice.id}"]
            nobody = asyncio.create_task(asked(frame, "selectUser"))
            await page.get_by_role("searchbox").press("Escape")
            assert await nobody is None


async def test_the_installer_finishes(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app, install_url=f"{app.url}/install")
        path = f"/app/{application.id}"
        async with page_for(chromium_browser, world, world.bob, path) as page:
            await expect(page.get_by_text("An administrator has to finish it.")).to_be_visible()
        async with shown(chromium_browser, world, world.alice, path) as (page, frame):
            await expect(page.get_by_text("Installation", exact=True)).to_be_visible()
            heard = await frame.evaluate("new Promise((done) => BX24.install(() => done('first')))")
            assert heard == "first"
            assert await asked(frame, "appOption.set", "ready", 1) == {"ready": 1}
            await frame.evaluate("BX24.installFinish()")
            await expect(page.get_by_text("Installation", exact=True)).to_have_count(0)
            again = await frame_of(page)
            assert again.url.startswith(f"{app.url}/?")
            assert await again.evaluate("BX24.appOption.get('ready')") == 1
        found = await world.app.store.read(applications.find, application.id)
        assert found is not None
        assert found.installed


async def test_what_is_bound_to_a_place(world: World, chromium_browser: Browser) -> None:
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        owner = await world.alice.through(application)
        await owner.call("placement.bind", **binding("IM_TEXTAREA", f"{app.url}/area", iconName="fa-bars"))
        async with page_for(chromium_browser, world, world.bob, "/client/icons/starling.svg") as page:
            shown_there = await page.evaluate(
                f"fetch('/api/placements?dialogId={world.carol.id}').then((one) => one.json())"
            )
        placement = shown_there["placements"][0]["id"]
        path = f"/app/{application.id}?placement={placement}&dialog={world.carol.id}"
        async with shown(chromium_browser, world, world.bob, path) as (page, frame):
            info = await frame.evaluate("BX24.placement.info()")
            options = {"dialogId": str(world.carol.id), "URI": "/online/"}
            assert info == {"placement": "IM_TEXTAREA", "options": options}
            assert await asked(frame, "placement.getInterface") == {"command": [], "event": []}
            await _as_the_messenger_does(page, placement, world.carol.id)
            area = await frame_of(page, 1)
            assert await asked(area, "placement.getInterface") == {
                "command": ["im:setImTextareaContent", "im:getImTextareaContent", "setValue"],
                "event": ["typed"],
            }
            await asked(area, "placement.call", "im:setImTextareaContent", {"text": 'a:b"c'})
            assert await asked(area, "placement.call", "im:getImTextareaContent", {}) == {"text": 'a:b"c'}
            await asked(area, "placement.call", "setValue", {"value": "raw:1:2"})
            assert await page.evaluate("window.area") == "raw:1:2"
            await area.evaluate("""() => { window.heard = [];
                BX24.placement.bindEvent("typed", (event) => window.heard.push(event)) }""")
            await asked(area, "resizeWindow", 100, 100)  # what was sent before it has arrived
            await page.evaluate("window.host.emit('typed', {n: 1}); window.host.emit('typed', {n: 2})")
            await area.wait_for_function("window.heard.length === 2")
            assert await area.evaluate("window.heard") == [{"n": 1}, {"n": 2}]


async def _as_the_messenger_does(page: Page, placement: int, person_id: int) -> None:
    """Open a placement with commands of its own."""
    code = """async ([placement, dialogId]) => {
        const [{ AppFrame }, { call, loadSession }] = await Promise.all(
            [import("/client/frames/host.js"), import("/client/api.js")]);
        await loadSession();
        const opened = await call("POST", `/api/placements/${placement}/open`, { dialogId });
        window.area = "";
        window.host = new AppFrame(document.querySelector("main"), opened, {
            placementCommands: {
                "im:setImTextareaContent": ({ text }) => { window.area = text; },
                "im:getImTextareaContent": () => ({ text: window.area }),
                setValue: (text) => { window.area = text; },
            },
            placementEvents: ["typed"],
        });
        window.host.open();
    }"""
    await page.evaluate(code, [str(placement), str(person_id)])


async def test_strangers_are_not_answered(world: World, chromium_browser: Browser) -> None:
    """Neither a window that is not the frame, nor the frame with a wrong id, nor the frame once it is elsewhere."""
    async with FrameApp(world) as app, FrameApp(world, "<!doctype html><title>Elsewhere</title>") as elsewhere:
        application = await with_pages(world, app)
        async with shown(chromium_browser, world, world.bob, f"/app/{application.id}") as (page, frame):
            sid = app.opened[0]["APP_SID"]
            listen = """() => { window.got = [];
                addEventListener("message", (event) => window.got.push(String(event.data))) }"""
            await frame.evaluate(listen)
            await frame.evaluate(f"parent.postMessage('getInitData:k1:{sid}', '*')")
            await frame.wait_for_function("window.got.length === 1")
            await frame.evaluate("parent.postMessage('getInitData:k2:wrong', '*')")
            await frame.evaluate(f"parent.postMessage('noSuchCommand:k3:{sid}', '*')")
            await frame.evaluate(f"parent.postMessage('__proto__:k4:{sid}', '*')")
            await page.evaluate(f"window.postMessage('getInitData:k5:{sid}', '*')")
            await frame.evaluate(f"parent.postMessage('getInitData:k6:{sid}', '*')")
            await frame.wait_for_function("window.got.length === 2")
            assert [one.partition(":")[0] for one in await frame.evaluate("window.got")] == ["k1", "k6"]
            await frame.goto(elsewhere.url)
            await frame.evaluate(listen)
            for number in range(3):
                await frame.evaluate(f"parent.postMessage('getInitData:k{number}:{sid}', '*')")
            await page.evaluate("new Promise((done) => setTimeout(done, 200))")
            assert await frame.evaluate("window.got") == []


async def test_the_library_hears_its_parent_only(world: World, chromium_browser: Browser) -> None:
    """A page of another address that puts the frame into itself learns nothing and tells nothing."""
    async with FrameApp(world) as app:
        thief = f"""<!doctype html><title>Thief</title><iframe name="{world.config.domain}|0|{"0" * 32}"
            src="{app.url}/"></iframe><script>window.heard = [];
            addEventListener("message", (event) => window.heard.push(event.data))</script>"""
        async with FrameApp(world, thief) as around:
            context = await chromium_browser.new_context()
            page = await context.new_page()
            await page.goto(around.url)
            frame = page.frames[1]
            await frame.wait_for_function("window.BX24")
            await frame.evaluate("() => { window.isBegun = false; BX24.init(() => { window.isBegun = true }) }")
            code = """() => { for (let n = 1; n < 9; n += 1) frames[0].postMessage(`bx${n}:{"AUTH_ID":"x"}`, "*") }"""
            await page.evaluate(code)
            await page.evaluate("new Promise((done) => setTimeout(done, 200))")
            assert await frame.evaluate("[window.isBegun, BX24.getAuth()]") == [False, False]
            assert await page.evaluate("window.heard") == []
            await context.close()


async def test_nobody_logged_in_logs_in_first(world: World, chromium_browser: Browser) -> None:
    password_hash = logins.hash_password("correct horse")
    await world.unit(logins.set_password_hash, world.bob.id, "bob", password_hash)
    async with FrameApp(world) as app:
        application = await with_pages(world, app)
        async with page_of(chromium_browser, locale="en") as page:
            await page.goto(f"{world.url}/app/{application.id}")
            await page.get_by_label("Login").fill("bob")
            await page.get_by_label("Password").fill("correct horse")
            await page.get_by_role("button", name="Log in").click()
            await frame_of(page)
            await page.goto(f"{world.url}/app/999999")
            await expect(page.get_by_text("There is no such application")).to_be_visible()
