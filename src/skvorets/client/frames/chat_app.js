// Shows a chat application in a frame: its address says everything, its messages are a few functions of the messenger.
//
//   loaded ──► {"action":"init","uniqueLoadId":…} ──► the frame says send, put, call, support, close with the same id
//
// Source: spec bitrix24-imbot §11.4.

import { sandboxed } from "./host.js";

/**
 * What the messenger does for the frame.
 * @typedef {object} Actions
 * @property {(text: string) => void} send as the person's message
 * @property {(text: string) => void} put into the input field
 * @property {(number: string) => void} call
 * @property {(code: string) => void} support open the dialog with a line
 * @property {() => void} close
 */

const MAX_TEXT = 20_000;
const SUPPORT_CODE = /^[0-9a-f]{32}$/i;
const PHONE = /^[0-9+()# -]{1,50}$/;

export class ChatAppFrame {
  /**
   * @param {HTMLElement} element where the frame is put
   * @param {{ url: string, app: { id: number, title: string, width: number, height: number } }} opened
   * @param {Actions} actions
   */
  constructor(element, opened, actions) {
    this.element = element;
    this.opened = opened;
    this.actions = actions;
    this.loadId = "";
    this.origin = new URL(opened.url).origin;
    this.frame = sandboxed(`chat-app-${opened.app.id}`, opened.app.title, this.origin);
    this.hear = this.hear.bind(this);
  }

  /** Put the frame in place, not larger than there is room. */
  open() {
    window.addEventListener("message", this.hear);
    this.frame.addEventListener("load", () => this.greet());
    const { width, height } = this.opened.app;
    Object.assign(this.frame.style, { width: `min(${width}px, 100%)`, height: `min(${height}px, 100%)` });
    this.frame.src = this.opened.url;
    this.element.append(this.frame);
  }

  /** Take the frame away. */
  close() {
    window.removeEventListener("message", this.hear);
    this.frame.remove();
  }

  /** Every page that is loaded gets an id of its own: what an earlier one says late is ignored. */
  greet() {
    this.loadId = Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join("-");
    this.frame.contentWindow?.postMessage(JSON.stringify({ action: "init", uniqueLoadId: this.loadId }), this.origin);
  }

  /** @param {MessageEvent} event */
  hear(event) {
    if (event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
    const said = readSaying(event.data);
    if (!said || !this.loadId || said.uniqueLoadId !== this.loadId) return;
    const { message, number, code } = said;
    if (said.action === "send" && isText(message)) this.actions.send(message);
    else if (said.action === "put" && isText(message)) this.actions.put(message);
    else if (said.action === "call" && typeof number === "string" && PHONE.test(number)) this.actions.call(number);
    else if (said.action === "support" && typeof code === "string" && SUPPORT_CODE.test(code)) this.actions.support(code);
    else if (said.action === "close") this.actions.close();
  }
}

/**
 * @param {unknown} data
 * @returns {Record<string, unknown> | null}
 */
function readSaying(data) {
  if (typeof data !== "string" || data.length > MAX_TEXT * 4) return null;
  try {
    const said = JSON.parse(data);
    return said !== null && typeof said === "object" ? said : null;
  } catch {
    return null;
  }
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isText(value) {
  return typeof value === "string" && value.trim() !== "" && value.length <= MAX_TEXT;
}
