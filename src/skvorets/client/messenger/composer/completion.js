// Completion in the field: @people, /commands, :emoji. The list stands above the field; the field keeps the focus.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { fittingAnswers } from "../../lib/canned.js";
import { findEmoji } from "../../lib/emoji.js";
import { beginningAt, labelOf } from "../../lib/mentions.js";
import { SHOWN, commandsOf, emojiGroups, knownPeople, learnPeople } from "../../state/completing.js";
import { chats, people } from "../../state/directory.js";
import { answersOf } from "../../state/lines.js";
import { signal } from "../../ui.js";
import { textOf } from "../lines/answers.js";

/** @typedef {import("../../lib/mentions.js").Beginning} Beginning */
/**
 * @typedef {object} Suggestion
 * @property {string} id
 * @property {string} title
 * @property {string} hint
 * @property {string} [more] in a line of its own
 * @property {import("../../state/directory.js").Person} [person] whose picture stands before it
 * @property {string} [sign] emoji before it
 * @property {() => string} insert what comes into the field; a blank follows
 */
/** A moment after the last stroke the server is asked, ms. */
const PAUSE = 120;

export class Completion {
  /** @param {import("../../state/composing.js").Composing} composing */
  constructor(composing) {
    this.composing = composing;
    /** @type {import("../../ui.js").Signal<Suggestion[]>} */
    this.shown = signal([]);
    this.at = signal(0);
    /** @type {Beginning | null} */
    this.beginning = null;
    /** What was closed by Esc is not opened again by the next letter. @type {number} */
    this.refused = -1;
    this.question = 0;
  }

  /**
   * Something was written, or the caret moved.
   * @param {string} text
   * @param {number} caret
   */
  async look(text, caret) {
    const found = beginningAt(text, caret);
    this.question += 1;
    if (!found || found.start === this.refused) {
      if (!found) this.refused = -1;
      return this.close();
    }
    this.beginning = found;
    const question = this.question;
    try {
      await this.find(found, (list) => {
        if (question === this.question) this.show(list);
      });
    } catch {
      this.close();
    }
  }

  /**
   * @param {Beginning} found
   * @param {(list: Suggestion[]) => void} show
   */
  async find({ sign, words }, show) {
    const { chatId } = this.composing;
    if (sign === "//") return show(await answerList(chatId, words));
    if (sign === "/") return show(commandList(await commandsOf(chatId), words));
    if (sign === ":") return show(emojiList(findEmoji(await emojiGroups(), words, SHOWN)));
    const list = () => knownPeople(chatId, words).map((one) => mention(one, this.composing.mentioned));
    show(list());
    const question = this.question;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (question !== this.question) return undefined;
    await learnPeople(chatId, words);
    return show(list());
  }

  /** @param {Suggestion[]} list */
  show(list) {
    const chosen = this.shown.peek()[this.at.peek()]?.id;
    this.shown.value = list;
    this.at.value = Math.max(0, list.findIndex((one) => one.id === chosen));
  }

  close() {
    this.question += 1;
    this.beginning = null;
    if (this.shown.peek().length) this.shown.value = [];
    this.at.value = 0;
  }

  /** Esc. */
  refuse() {
    this.refused = this.beginning?.start ?? -1;
    this.close();
  }

  /** @param {1 | -1} step */
  move(step) {
    const count = this.shown.peek().length;
    this.at.value = (this.at.peek() + step + count) % count;
  }
}

/**
 * @param {import("../../state/completing.js").Command[]} commands
 * @param {string} words
 * @returns {Suggestion[]}
 */
function commandList(commands, words) {
  const wanted = words.toLowerCase();
  return commands.filter((one) => one.command.slice(1).toLowerCase().startsWith(wanted)).slice(0, 50).map((one) => ({
    id: String(one.id), title: one.command, hint: calmName(one.params), more: calmName(one.title), person: people.peek(one.botId),
    insert: () => one.command,
  }));
}

/** @param {number} chatId @param {string} words @returns {Promise<Suggestion[]>} */
async function answerList(chatId, words) {
  const line = chats.peek(chatId)?.line;
  if (!line) return [];
  return fittingAnswers(await answersOf(line.lineId), words).map((one) => (
    { id: String(one.id), title: one.title, hint: "", more: one.text, sign: "⚡", insert: () => textOf(one, chatId) }));
}

/** @param {import("../../lib/emoji.js").Emoji[]} found @returns {Suggestion[]} */
function emojiList(found) {
  return found.map((one) => ({ id: one.sign, title: `:${one.name}:`, hint: "", sign: one.sign, insert: () => one.sign }));
}

/**
 * @param {import("../../state/directory.js").Person} person
 * @param {import("../../lib/mentions.js").Mentioned} mentioned
 * @returns {Suggestion}
 */
function mention(person, mentioned) {
  const name = calmName(person.name);
  return {
    id: String(person.id), title: name, hint: person.kind === "bot" ? t("chat.bot_sign") : calmName(person.position), person,
    insert: () => `@${labelOf(person.id, name, mentioned) ?? name}`,
  };
}
