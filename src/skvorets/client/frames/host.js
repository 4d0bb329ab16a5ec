// Shows an application, or what it has bound to a place, in a frame and answers the library in it.
//
//   POST form ──► frame named DOMAIN|PROTOCOL|APP_SID ──► its messages ──► commands.js ──► answers
//
// Only the frame's own window is listened to, only when it is at the address that was opened, and only that address gets
// answers: an application that has moved elsewhere learns nothing. Source: spec bitrix24-imbot §13, -transport §11.3.

import { SILENCE, commandsOf } from "./commands.js";
import { readRequest, writeAnswer } from "./protocol.js";

/**
 * What the server says of a frame to be opened.
 * @typedef {{ applicationId: number, title: string, url: string, name: string, appSid: string,
 *   fields: Record<string, string>, init: Record<string, any>, isInstaller: boolean, width: number, height: number }} Opened
 */

/**
 * What the page around can do; what is absent is not answered. Functions may give promises.
 * @typedef {object} Surroundings
 * @property {() => void} [close] the frame wants to be closed
 * @property {() => void} [reload] open everything anew
 * @property {(title: string) => void} [setTitle]
 * @property {(top: number) => void} [scroll]
 * @property {(opened: Opened, settings: Record<string, any>) => Promise<void>} [openFrame] over this one; done = closed
 * @property {(path: string) => unknown} [openPath]
 * @property {(dialogId: string) => void} [openDialog] empty = the messenger
 * @property {(dialogId: string) => void} [openHistory]
 * @property {(userId: number, isVideo: boolean) => void} [call]
 * @property {(phone: string) => void} [phone]
 * @property {(isMultiple: boolean) => Promise<unknown>} [selectUsers]
 * @property {(chosen: string[]) => Promise<unknown>} [selectAccess]
 * @property {(params: any) => unknown} [selectCrm]
 * @property {(params: any) => unknown} [showSettings]
 * @property {Record<string, (params: any) => unknown>} [placementCommands] what the place itself understands
 * @property {string[]} [placementEvents] what happens at the place, see `emit`
 */

/** What a frame may do; nothing reaches the window around but messages. */
const SANDBOX = "allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox allow-modals allow-downloads";
const FEATURES = "clipboard-write; fullscreen";

export class AppFrame {
  /**
   * @param {HTMLElement} element where the frame is put
   * @param {Opened} opened
   * @param {Surroundings} [surroundings]
   */
  constructor(element, opened, surroundings = {}) {
    this.element = element;
    this.opened = opened;
    this.surroundings = surroundings;
    this.origin = new URL(opened.url).origin;
    this.frame = sandboxed(opened.name, opened.title, this.origin);
    /** @type {Map<string, Set<string>>} event → keys of callbacks */
    this.listeners = new Map();
    this.commands = commandsOf(this);
    this.hear = this.hear.bind(this);
  }

  /** Put the frame in place and open the application in it. */
  open() {
    window.addEventListener("message", this.hear);
    this.element.append(this.frame);
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: this.opened.url, target: this.opened.name, hidden: true });
    for (const [name, value] of Object.entries(this.opened.fields)) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(form);
    form.submit();
    form.remove();
  }

  /** Take the frame away. */
  close() {
    window.removeEventListener("message", this.hear);
    this.listeners.clear();
    this.frame.remove();
  }

  /**
   * Tell the frame of something that it has asked to be told of (`BX24.placement.bindEvent`).
   * @param {string} event
   * @param {unknown} value
   */
  emit(event, value) {
    for (const callback of this.listeners.get(event) ?? []) this.answer(callback, value);
  }

  /** @param {MessageEvent} event */
  async hear(event) {
    if (event.source !== this.frame.contentWindow || event.origin !== this.origin) return;
    const request = readRequest(event.data);
    if (!request || request.appSid !== this.opened.appSid) return;
    const command = Object.hasOwn(this.commands, request.command) ? this.commands[request.command] : null;
    if (!command) return;
    try {
      const value = await command(request.params, request.callback);
      if (request.callback && value !== SILENCE) this.answer(request.callback, value);
    } catch (error) {
      // What was refused is not answered: the library's callbacks know no errors.
      console.warn(`${request.command}:`, error);
    }
  }

  /**
   * @param {string} callback
   * @param {unknown} value
   */
  answer(callback, value) {
    this.frame.contentWindow?.postMessage(writeAnswer(callback, value), this.origin);
  }
}

/**
 * A frame that can do nothing but show itself and send messages.
 * @param {string} name
 * @param {string} title
 * @param {string} origin of what is opened in it
 */
export function sandboxed(name, title, origin) {
  const frame = document.createElement("iframe");
  // A page of our own address must not get at us: it stays without an address.
  frame.setAttribute("sandbox", origin === location.origin ? SANDBOX : `${SANDBOX} allow-same-origin`);
  frame.setAttribute("allow", FEATURES);
  frame.setAttribute("referrerpolicy", "origin");
  Object.assign(frame, { name, title, className: "app-frame" });
  return frame;
}
