// What happens on the server, told by a socket; where sockets are blocked the server is asked every few seconds.

import { isPassing } from "./api.js";

/** Between questions while there is no socket: with the window open, and closed, ms. */
const ASK_MS = 5_000;
const ASK_CLOSED_MS = 30_000;
/** Somebody who types says so every few seconds; silent for longer he has stopped, ms. */
const TYPING_MS = 12_000;

export class News {
  #talk;
  /** @type {import("./types.js").Push | null} */
  #push = null;
  #isLoading = false;
  #isBehind = false;
  #cancelTyping = () => {};
  #cancelAsking = () => {};

  /** @param {import("./talk.js").Talk} talk */
  constructor(talk) {
    this.#talk = talk;
  }

  start() {
    if (this.#push) return;
    this.#push = this.#talk.parts.openPush({
      onEvent: (event) => this.hear(event),
      onReset: () => this.catchUp(),
      onState: () => this.#connected(),
      onLoggedOut: () => this.#talk.forget(),
    });
    this.#push.start();
    this.#askLater();
  }

  stop() {
    this.#push?.stop();
    this.#push = null;
    this.#cancelAsking();
    this.#cancelTyping();
  }

  /** The page is looked at again, or the window was opened. */
  wake() {
    this.#push?.wake();
    if (this.#push && !this.#push.isLive) this.catchUp();
  }

  #connected() {
    if (this.#push?.isLive) this.#talk.outbox.wake();
  }

  #askLater() {
    this.#cancelAsking();
    this.#cancelAsking = this.#talk.parts.later(this.#talk.isOpen ? ASK_MS : ASK_CLOSED_MS, () => {
      if (this.#push && !this.#push.isLive) this.#ask();
      if (this.#push) this.#askLater();
    });
  }

  async #ask() {
    const talk = this.#talk;
    try {
      // The newest ones again: changes of theirs are seen, too.
      const known = talk.upTo;
      const slice = await talk.call("GET", "/messages?limit=20");
      const isJoined = !known || slice.messages.some((/** @type {any} */ one) => one.id <= known);
      if (isJoined) talk.take(slice, known === 0);
      else await talk.loadNewer();
      await talk.hello();
      talk.outbox.wake();
    } catch {
      // it is asked again soon
    }
  }

  /** @param {{ type: string, data: any }} event */
  hear({ type, data }) {
    const talk = this.#talk;
    if (type === "message.added") {
      if (data.author_id && data.author_id === talk.typing) this.#stopTyping();
      if (!talk.messages.has(data.id)) this.catchUp();
    } else if (type.startsWith("message.")) void this.#again(Number(data.id));
    else if (type === "typing.started") this.#types(Number(data.actor_id));
    else if (type === "dialog.read") this.#read(data);
    else if (type === "line.client" && data.change === "read") this.catchUp();
    else if (/^(?:line|chat|members|person)\./.test(type)) {
      this.#stopTyping();
      void talk.hello().catch(() => {});
    }
  }

  /** Load what is new; once more when more came meanwhile. */
  async catchUp() {
    this.#isBehind = true;
    if (this.#isLoading) return;
    this.#isLoading = true;
    const talk = this.#talk;
    try {
      while (this.#isBehind && talk.visitor) {
        this.#isBehind = false;
        if (talk.upTo) await talk.loadNewer();
        else await talk.loadNewest();
      }
    } catch (error) {
      if (isPassing(error)) talk.parts.later(ASK_MS, () => this.#push && this.catchUp());
    } finally {
      this.#isLoading = false;
    }
  }

  /** A message changed, or is gone without trace. @param {number} id */
  async #again(id) {
    const talk = this.#talk;
    if (!talk.messages.has(id)) return;
    await this.reload(id).catch(() => {});
  }

  /** Load one message anew. @param {number} id */
  async reload(id) {
    const talk = this.#talk;
    const slice = await talk.call("GET", `/messages?before=${id + 1}&limit=1`);
    if (slice.messages[0]?.id === id) talk.take(slice);
    else talk.messages.drop(id);
    talk.changed();
  }

  /** @param {{ reader_id: number, message_id: number }} data read by the visitor in another tab */
  #read({ reader_id: reader, message_id: message }) {
    const talk = this.#talk;
    if (reader !== talk.visitor?.id || message <= talk.readId) return;
    talk.readId = message;
    talk.unread = talk.messages.unreadAfter(message);
    talk.changed();
  }

  /** @param {number} person */
  #types(person) {
    const talk = this.#talk;
    if (!person || person === talk.visitor?.id) return;
    talk.typing = person;
    talk.changed();
    this.#cancelTyping();
    this.#cancelTyping = talk.parts.later(TYPING_MS, () => this.#stopTyping());
  }

  #stopTyping() {
    this.#cancelTyping();
    this.#talk.typing = 0;
    this.#talk.changed();
  }
}
