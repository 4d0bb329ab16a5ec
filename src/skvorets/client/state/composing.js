// What is being written in each chat: text, what it answers, files, or which message is changed. It stays while one looks
// into other chats; the text goes to the server as a draft.

import { signal } from "../ui.js";
import { decoded, encoded } from "../lib/mentions.js";
import { chats } from "./directory.js";
import { keepDraft } from "./drafts.js";
import { editMessage } from "./messages.js";
import { send } from "./outbox.js";
import { noteSent, noteTyping } from "./typing.js";

/** @typedef {import("./directory.js").Message} Message */

export class Composing {
  /** @param {number} chatId */
  constructor(chatId) {
    this.chatId = chatId;
    /** As it is shown in the field: mentions are names. */
    this.text = signal("");
    /** Message that is answered, 0 = none. */
    this.replyToId = signal(0);
    /** @type {import("../ui.js").Signal<Message | null>} the message that is changed */
    this.edited = signal(null);
    /** @type {import("../ui.js").Signal<File[]>} */
    this.files = signal([]);
    /** @type {import("../lib/mentions.js").Mentioned} */
    this.mentioned = new Map();
    /** In the chat of an open line: is what is written kept from the customer? */
    this.isWhisper = signal(false);
    /** What was begun before a message was changed. */
    this.begun = "";
    /** The draft as it was kept last: what comes back from the server is then known. */
    this.kept = "";
  }

  /**
   * The field has other words; typed by the person.
   * @param {string} text
   */
  write(text) {
    this.text.value = text;
    if (this.edited.peek()) return;
    this.keep();
    if (text && !this.isWhisper.peek()) noteTyping(this.chatId); // the customer would wait for what never comes
  }

  /**
   * Answer a message; 0 = none any more.
   * @param {number} id
   */
  reply(id) {
    if (id) this.stopEditing();
    this.replyToId.value = id;
    this.keep();
  }

  /** @param {Message} message */
  edit(message) {
    if (!this.edited.peek()) this.begun = this.text.peek();
    this.edited.value = message;
    this.text.value = decoded(message.text, this.mentioned);
  }

  stopEditing() {
    if (!this.edited.peek()) return;
    this.edited.value = null;
    this.text.value = this.begun;
    this.begun = "";
  }

  /** @param {Iterable<File>} files */
  attach(files) {
    this.stopEditing();
    this.files.value = [...this.files.peek(), ...files];
  }

  /** @param {File} file */
  detach(file) {
    this.files.value = this.files.peek().filter((one) => one !== file);
  }

  /** Is there something that could be sent? Told of changes. */
  get isReady() {
    return this.text.value.trim() !== "" || (this.files.value.length > 0 && !this.edited.value);
  }

  /** Send what was written, or keep the change. Rejects when the server refuses a change: then it goes on. */
  async finish() {
    const text = encoded(this.text.peek(), this.mentioned).trim();
    const edited = this.edited.peek();
    if (edited) {
      if (text && text !== edited.text) await editMessage(edited.id, text);
      if (this.edited.peek() === edited) this.stopEditing();
      return;
    }
    const files = this.files.peek();
    if (!text && files.length === 0) return;
    const replyToId = this.replyToId.peek();
    this.clear();
    await send(this.chatId, { text, replyToId, files, isWhisper: this.isWhisper.peek() });
  }

  clear() {
    this.text.value = "";
    this.replyToId.value = 0;
    this.files.value = [];
    this.mentioned.clear();
    this.keep();
    noteSent(this.chatId);
  }

  /** The draft of another browser, or of an earlier visit; told of changes. */
  follow() {
    const draft = chats.get(this.chatId)?.mine.draft;
    const [text, replyToId] = [draft?.text ?? "", draft?.replyToId ?? 0];
    if (`${replyToId} ${text}` === this.kept || this.edited.peek()) return;
    this.kept = `${replyToId} ${text}`;
    this.mentioned.clear();
    this.text.value = decoded(text, this.mentioned);
    this.replyToId.value = replyToId;
  }

  keep() {
    const text = encoded(this.edited.peek() ? this.begun : this.text.peek(), this.mentioned);
    const draft = text.trim() || this.replyToId.peek() ? text : "";
    this.kept = `${this.replyToId.peek()} ${draft}`;
    keepDraft(this.chatId, draft, this.replyToId.peek());
  }
}

/** @type {Map<number, Composing>} */
const known = new Map();

/** @param {number} chatId */
export function composingOf(chatId) {
  let found = known.get(chatId);
  if (!found) {
    found = new Composing(chatId);
    known.set(chatId, found);
  }
  return found;
}

/** Somebody else may log in. */
export function forgetComposing() {
  known.clear();
}
