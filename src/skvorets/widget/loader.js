// The chat on somebody's page: a round button and a frame of our server. One tag brings it:
//
//   <script async src="https://server/widget.js" data-line="CODE"></script>
//
// Nothing of the talk is here: the page around and the frame know each other by a few messages only (frame_words.js),
// each checked for its sender and its origin. Styles are set by CSSOM, so a page with a strict policy has to allow our
// server in script-src and frame-src, and nothing else. window.Skvorets = { open, close, identify({ name, email }) }.

(() => {
  "use strict";
  const tag = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const code = tag?.dataset.line;
  if (!tag || !code || window.Skvorets) return;
  const origin = new URL(tag.src).origin;
  const WIDTH = 380;
  const HEIGHT = 600;
  /** Between the window and the button, and the edges of the page, px. */
  const GAP = 16;
  const SIZE = 60;
  const phone = matchMedia("(max-width: 480px), (max-height: 480px)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const language = tag.dataset.language ?? "";

  /** @type {{ color: string, ink: string, side: "left" | "right", open: string, close: string, title: string } | null} */
  let looks = null;
  let isOpen = false;
  let unread = 0;
  let isReady = false;
  /** @type {Record<string, unknown>[]} what was said before the frame could hear */
  let early = [];
  let scroll = "";
  const button = element("button", { type: "button" });
  const badge = element("span", { ariaHidden: "true" });
  const frame = element("iframe", { title: "Chat", allow: "clipboard-write" });
  const root = element("div", { id: "skvorets-chat" });

  /**
   * @template {keyof HTMLElementTagNameMap} K
   * @param {K} kind @param {Record<string, string>} given
   */
  function element(kind, given) {
    return Object.assign(document.createElement(kind), given);
  }

  /** @param {HTMLElement | SVGElement} it @param {Record<string, string>} rules */
  function dress(it, rules) {
    // Important: rules of the page around, as button { width: 100% }, must not take it apart.
    for (const [name, value] of Object.entries(rules)) it.style.setProperty(name, value, "important");
  }

  /** @param {string} kind @param {Record<string, unknown>} [more] */
  function say(kind, more) {
    const said = { skvorets: kind, ...more };
    if (isReady) frame.contentWindow?.postMessage(said, origin);
    else early.push(said);
  }

  /** @param {string} path */
  function picture(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    dress(svg, { position: "absolute", inset: "16px", width: "28px", height: "28px", "max-width": "none", fill: "none",
      color: "inherit", stroke: "currentColor", "stroke-width": "2", "stroke-linecap": "round", "stroke-linejoin": "round",
      "pointer-events": "none" });
    for (const name of ["fill", "stroke", "color"]) line.style.setProperty(name, "inherit", "important");
    return svg;
  }

  const talk = picture("M7.9 20A9 9 0 1 0 4 16.1L2 22Z");
  const cross = picture("M18 6 6 18M6 6l12 12");

  function layOut() {
    if (!looks) return;
    const { color, ink, side } = looks;
    const edge = `calc(${GAP}px + env(safe-area-inset-${side}, 0px))`;
    const low = `calc(${GAP}px + env(safe-area-inset-bottom, 0px))`;
    const motion = calm.matches ? "none" : "transform 200ms ease, opacity 160ms ease, visibility 200ms";
    const isPhone = phone.matches;
    dress(root, { all: "initial" });
    dress(button, { all: "initial", position: "fixed", [side]: edge, bottom: low, width: `${SIZE}px`, height: `${SIZE}px`,
      "box-sizing": "border-box", "border-radius": "50%", background: color, color: ink, cursor: "pointer",
      "z-index": "2147483000", "box-shadow": "0 2px 6px rgb(0 0 0 / 16%), 0 8px 24px rgb(0 0 0 / 20%)",
      display: isOpen && isPhone ? "none" : "block", "-webkit-tap-highlight-color": "transparent" });
    ring();
    const turn = calm.matches ? "none" : "transform 200ms ease, opacity 160ms ease";
    dress(talk, { transition: turn, opacity: isOpen ? "0" : "1", transform: isOpen ? "rotate(30deg) scale(0.6)" : "none" });
    dress(cross, { transition: turn, opacity: isOpen ? "1" : "0", transform: isOpen ? "none" : "rotate(-30deg) scale(0.6)" });
    dress(badge, { all: "initial", position: "absolute", top: "-4px", [side === "right" ? "left" : "right"]: "-4px",
      "min-width": "22px", height: "22px", padding: "0 6px", "box-sizing": "border-box", "border-radius": "11px",
      background: "#c62828", color: "#fff", font: "600 13px/22px system-ui, sans-serif", "text-align": "center",
      "pointer-events": "none", display: unread > 0 && !isOpen ? "block" : "none" });
    badge.textContent = unread > 99 ? "99+" : String(unread);
    /** @type {Record<string, string>} */
    const place = isPhone
      ? { inset: "0", width: "100vw", height: "100dvh", "max-height": "none", "border-radius": "0" }
      : { inset: "auto", [side]: edge, bottom: `calc(${SIZE + 2 * GAP - 4}px + env(safe-area-inset-bottom, 0px))`,
        width: `${WIDTH}px`, height: `${HEIGHT}px`, "border-radius": "16px",
        "max-height": `calc(100dvh - ${SIZE + 3 * GAP}px)` };
    dress(frame, { all: "initial", position: "fixed", ...place, "max-width": "100vw", border: "0", "z-index": "2147483001",
      background: "transparent", "color-scheme": "normal", transition: motion, "transform-origin": `bottom ${side}`,
      "box-shadow": isPhone ? "none" : "0 4px 12px rgb(0 0 0 / 10%), 0 12px 48px rgb(0 0 0 / 22%)",
      visibility: isOpen ? "visible" : "hidden", opacity: isOpen ? "1" : "0",
      transform: isOpen || calm.matches ? "none" : "translateY(12px) scale(0.97)" });
    button.setAttribute("aria-expanded", String(isOpen));
    button.setAttribute("aria-label", isOpen ? looks.close : looks.open + (unread > 0 ? ` (${unread})` : ""));
    frame.title = looks.title;
    button.title = isOpen ? looks.close : looks.title;
    holdPage(isOpen && isPhone);
  }

  /** The page behind a full screen does not scroll. @param {boolean} isHeld */
  function holdPage(isHeld) {
    const style = document.documentElement.style;
    if (isHeld && style.overflow !== "hidden") {
      scroll = style.overflow || "visible";
      style.overflow = "hidden";
    } else if (!isHeld && scroll) {
      style.overflow = scroll === "visible" ? "" : scroll;
      scroll = "";
    }
  }

  function ring() {
    const isSeen = document.activeElement === button && button.matches(":focus-visible");
    dress(button, { outline: isSeen ? `3px solid ${looks?.color}` : "none", "outline-offset": "3px" });
  }

  /** @param {boolean} wanted @param {boolean} [keepsFocus] */
  function show(wanted, keepsFocus) {
    const isChange = wanted !== isOpen;
    isOpen = wanted;
    layOut();
    if (wanted) tellPage(); // pages of one script change without being loaded
    say(wanted ? "open" : "close", { isPhone: phone.matches, keepsFocus: Boolean(keepsFocus) });
    if (!isChange || keepsFocus) return;
    if (wanted) frame.focus();
    else button.focus();
  }

  /** @param {any} said */
  function hear(said) {
    if (said.skvorets === "looks") {
      looks = said;
      if (!root.isConnected) document.body.append(root);
      root.append(button);
      layOut();
      if (said.isOpen && !phone.matches && !isOpen) show(true, true);
    } else if (said.skvorets === "unread") {
      unread = Number(said.count) || 0;
      layOut();
    } else if (said.skvorets === "close") show(false);
    else if (said.skvorets === "gone") root.remove();
  }

  function tellPage() {
    say("page", { url: location.href, title: document.title, language: language || document.documentElement.lang });
  }

  function begin() {
    button.append(talk, cross, badge);
    button.addEventListener("click", () => show(!isOpen));
    button.addEventListener("pointerenter", () => say("near"));
    button.addEventListener("focus", () => { say("near"); ring(); });
    button.addEventListener("blur", ring);
    addEventListener("keydown", (event) => event.key === "Escape" && isOpen && document.activeElement === button && show(false));
    addEventListener("message", (event) => {
      if (event.source === frame.contentWindow && event.origin === origin && event.data?.skvorets) hear(event.data);
    });
    frame.addEventListener("load", () => {
      isReady = true;
      tellPage();
      const waiting = early;
      early = [];
      waiting.forEach(({ skvorets, ...more }) => say(String(skvorets), more));
    });
    phone.addEventListener("change", layOut);
    addEventListener("popstate", () => setTimeout(tellPage));
    dress(frame, { position: "fixed", visibility: "hidden", border: "0", width: "0", height: "0" });
    frame.src = `${origin}/widget/${encodeURIComponent(String(code))}`;
    root.append(frame);
    document.body.append(root);
  }

  window.Skvorets = Object.freeze({
    open: () => show(true),
    close: () => show(false),
    /** @param {{ name?: string, email?: string }} who */
    identify: (who) => say("identify", { name: String(who?.name ?? ""), email: String(who?.email ?? "") }),
  });
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
