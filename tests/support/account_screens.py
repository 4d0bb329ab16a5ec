"""The account's screens by themselves, on an otherwise empty page: the messenger shows them in its settings."""

from __future__ import annotations

from typing import Literal

from playwright.async_api import Page

Screen = Literal["profile", "security", "preferences"]
_COMPONENTS = {"profile": "Profile", "security": "Security", "preferences": "Preferences"}
_SHOW = """async ([file, component, language]) => {
  const files = ["ui", "i18n", "account/words", "api", "state/preferences", `account/${file}`];
  const [{ html, render }, { speak }, { accountWords }, { loadSession }, { loadSettings }, screen] = await Promise.all(
    files.map((one) => import(`/client/${one}.js`)));
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/client/style/account.css" });
  await new Promise((resolve) => { style.onload = resolve; document.head.append(style); });
  speak(language, accountWords);
  document.title = file;
  await loadSession();
  await loadSettings();
  const place = document.createElement("main");
  place.className = "account-screen";
  place.style.cssText = "max-width: 40rem; margin: 0 auto; padding: 24px; background: var(--surface)";
  document.body.replaceChildren(place);
  const heading = language === "ru" ? "Настройки" : "Settings";
  render(html`<h1 class="hidden-visually">${heading}</h1><h2 class="hidden-visually">${file}</h2>
    <${screen[component]} spoken=${language} />`, place);
}"""


async def show_screen(page: Page, screen: Screen, language: str = "en") -> None:
    """Show a screen on a page where somebody is logged in; waits until it is filled."""
    await page.evaluate(_SHOW, [screen, _COMPONENTS[screen], language])
    await page.locator(".account").first.wait_for()
