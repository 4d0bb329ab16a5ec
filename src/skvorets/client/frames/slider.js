// A panel that slides over the page from its side: what an application opens over itself.

import { t } from "../i18n.js";

/**
 * Open a panel; it is closed by its button, by Escape, or from outside.
 * @param {string} title
 * @param {number} [width] pixels, 0 = nearly all of the page
 */
export function openSlider(title, width = 0) {
  const panel = document.createElement("dialog");
  panel.className = "slider";
  if (width > 0) panel.style.setProperty("--slider-width", `${width}px`);
  const heading = Object.assign(document.createElement("h2"), { textContent: title });
  const button = Object.assign(document.createElement("button"), { className: "button quiet small", type: "button" });
  button.textContent = t("frames.close");
  const head = Object.assign(document.createElement("header"), { className: "slider-head" });
  const element = Object.assign(document.createElement("div"), { className: "slider-body" });
  head.append(heading, button);
  panel.append(head, element);
  document.body.append(panel);
  panel.showModal();

  const close = () => panel.close();
  button.addEventListener("click", close);
  const closed = new Promise((/** @type {(value: void) => void} */ resolve) => {
    panel.addEventListener("close", () => resolve(), { once: true });
  });
  // Whoever waits for the end takes the frame out first.
  closed.then(() => setTimeout(() => panel.remove()));
  return { element, close, closed, setTitle: (/** @type {string} */ text) => void (heading.textContent = text) };
}
