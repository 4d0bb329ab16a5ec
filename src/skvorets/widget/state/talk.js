// A visitor's talk with a line: who he is, what was said, what goes on now. Views read it and are told of changes.
//
//   hello ──► a stranger: looks only, nothing is made on the server until he writes
//        └──► a visitor: the newest messages, the socket (news.js)

import { Refusal } from "./api.js";
import { Files } from "./files.js";
import { Messages } from "./messages.js";
import { News } from "./news.js";
import { Outbox } from "./outbox.js";

/** @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").Parts} Parts
 * @typedef {{ name?: string, email?: string }} Who */

/** Messages of one request. */
export const SLICE = 40;
/** A text that is longer would be refused, characters. */
export const MAX_TEXT = 20_000;

export class Talk {
  /** @type {import("./types.js").LineLooks | null} */
  line = null;
  /** @type {import("./types.js").VisitorView | null} */
  visitor = null;
  /** @type {import("./types.js").PersonLook | null} */
  operator = null;
  /** @type {import("./types.js").SessionLook | null} */
  session = null;
  /** @type {Record<string, import("./types.js").PersonLook>} */
  people = {};
  messages = new Messages();
  upTo = 0; // everything up to this id has been loaded; a sent message may be newer
  readId = 0;
  seenId = 0;
  unread = 0;
  hasMore = false;
  isLoaded = false;
  isLoadingOlder = false;
  isOpen = false;
  isLost = false; // is the server out of reach?
  isGone = false; // there is no such line, or it is switched off
  newAfter = 0; // where the line above what is new stands
  typing = 0; // who is writing now, 0 = nobody
  /** @type {Who} */
  who = {};
  /** @type {import("./types.js").Page} */
  page = { url: "", title: "" };
  language = "";
  /** @type {Promise<void> | null} */
  #coming = null;
  /** @type {Set<() => void>} */
  #listeners = new Set();

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.outbox = new Outbox({
      post: (pending) => this.#post(pending),
      onTaken: (message) => this.#taken(message),
      onChange: () => this.changed(),
      memory: parts.memory,
      later: parts.later,
    });
    this.files = new Files(this);
    this.news = new News(this);
  }

  /** Is a secret kept in this browser? */
  get isKnown() { return Boolean(this.parts.memory.get("token")); }

  /** @param {() => void} listener @returns {() => void} stops it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  changed() { for (const listener of this.#listeners) listener(); }

  /** Ask who serves and whether it is open. Raises Refusal. */
  async hello() {
    const { code } = this.parts;
    this.greeted(await this.call("POST", "/hello", { line: code, language: this.language, page: this.page }));
  }

  /** @param {import("./types.js").Hello} hello */
  greeted({ line, visitor, operator, session, unread }) {
    Object.assign(this, { line, visitor, operator, session, isGone: false });
    if (!visitor && this.isKnown) this.parts.memory.set("token", null); // deleted, or of another server
    if (!this.isLoaded) this.unread = unread;
    this.changed();
  }

  /** Load what a returning visitor had, and hear of news. */
  async resume() {
    if (!this.visitor) return;
    this.news.start();
    await this.loadNewest();
    void this.outbox.flush();
  }

  /** Make a visitor of a stranger, once. @param {Who} [who] Raises Refusal. */
  async come(who = {}) {
    if (this.isKnown && this.visitor) return;
    this.#coming ??= this.#come({ ...this.who, ...who }).finally(() => { this.#coming = null; });
    await this.#coming;
  }

  /** @param {Who} who */
  async #come({ name, email }) {
    const given = { line: this.parts.code, language: this.language, page: this.page };
    const told = { ...(name ? { name } : {}), ...(email ? { email } : {}) };
    const { token, visitor } = await this.call("POST", "/visitors", { ...given, ...told });
    this.parts.memory.set("token", token);
    this.visitor = visitor;
    this.news.start();
    await this.loadNewest();
  }

  /** The secret is worth nothing any more: be a stranger again. */
  forget() {
    this.parts.memory.set("token", null);
    this.news.stop();
    this.messages.clear();
    Object.assign(this, { visitor: null, session: null, operator: null, unread: 0, readId: 0, seenId: 0, upTo: 0,
      hasMore: false, isLoaded: false });
    this.changed();
  }

  /** @param {boolean} isLost */
  lose(isLost) {
    this.isLost = isLost;
    this.changed();
  }

  /** @type {Parts["call"]} */
  async call(verb, path, body) {
    try {
      const answer = await this.parts.call(verb, path, body);
      if (this.isLost) this.lose(false);
      return answer;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401 && this.isKnown) this.forget();
      if (error instanceof Refusal && error.code === "no_such_line") this.isGone = true;
      if (error instanceof Refusal && error.status === 0) this.lose(true);
      throw error;
    }
  }

  async loadNewest() {
    this.take(await this.call("GET", `/messages?limit=${SLICE}`), true);
  }

  /** Load what came after the newest known one. */
  async loadNewer() {
    for (let hasMore = true; hasMore;) {
      const slice = await this.call("GET", `/messages?after=${this.upTo}&limit=${SLICE}`);
      this.take(slice);
      hasMore = slice.hasMore && slice.messages.length > 0;
    }
  }

  /** @param {import("./types.js").Slice} slice @param {boolean} [isBack] does hasMore tell of older ones? */
  take({ messages, people, hasMore, readId, seenId }, isBack = false) {
    this.messages.take(messages);
    this.upTo = Math.max(this.upTo, ...messages.map((one) => one.id));
    this.people = { ...this.people, ...people };
    this.readId = Math.max(this.readId, readId);
    this.seenId = Math.max(this.seenId, seenId);
    if (isBack) this.hasMore = hasMore;
    this.isLoaded = true;
    for (const one of messages) if (one.clientId && one.author === "me") this.outbox.drop(one.clientId);
    if (messages.some((one) => one.author !== "me" && one.authorId === this.typing)) this.typing = 0;
    this.unread = this.messages.unreadAfter(this.readId);
    this.changed();
  }

  /** @param {string} text @param {import("./types.js").Quoted | null} [replyTo] */
  send(text, replyTo = null) {
    const words = text.trim().slice(0, MAX_TEXT);
    if (!words) return;
    this.outbox.add({ clientId: this.parts.newId(), text: words, replyTo, at: this.parts.now(), state: "waiting" });
  }

  /** @param {import("./types.js").Pending} pending @returns {Promise<Message>} */
  async #post({ clientId, text, replyTo, upload }) {
    await this.come();
    if (upload) return this.files.post(clientId);
    return this.call("POST", "/messages", { text, clientId, ...(replyTo ? { replyToId: replyTo.id } : {}) });
  }

  /** @param {Message} message */
  #taken(message) {
    this.messages.take([message]);
    this.readId = Math.max(this.readId, message.id);
    if (!this.session || this.session.status === "closed") void this.hello().catch(() => {});
    this.news.catchUp();
    this.changed();
  }
}
