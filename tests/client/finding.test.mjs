// Finding by a few letters: lib/fuzzy.js, lib/keyboard_layouts.js, state/finding.js.

import assert from "node:assert/strict";
import { test } from "node:test";

import { INSIDE, LETTERS, WHOLE, WORDS, folded, rank } from "../../src/skvorets/client/lib/fuzzy.js";
import { otherLayout } from "../../src/skvorets/client/lib/keyboard_layouts.js";
import { chats, myId, people } from "../../src/skvorets/client/state/directory.js";
import { Finding } from "../../src/skvorets/client/state/finding.js";

test("a name fits by its beginning, by words, from inside, by letters in their order, or not at all", () => {
  const name = folded("Семён Королёв");
  assert.equal(rank(name, folded("семён")), WHOLE);
  assert.equal(rank(name, folded("кор сем")), WORDS);
  assert.equal(rank(name, "рол"), INSIDE);
  assert.equal(rank(name, "скл"), LETTERS);
  assert.equal(rank(name, "лкс"), 0);
  assert.equal(rank(name, "ев"), INSIDE);
  assert.equal(rank(name, "ое"), 0, "two letters apart are too little");
  assert.equal(rank(name, ""), WHOLE);
});

test("the other layout writes what the same keys write", () => {
  assert.equal(otherLayout("ghbdtn"), "привет");
  assert.equal(otherLayout("руддщ"), "hello");
  assert.equal(otherLayout("2026"), "2026");
});

const MINE = { isMember: true, unread: 0, isMuted: false };

/** @param {number} id @param {string} title @param {Record<string, unknown>} more */
function chat(id, title, more = {}) {
  chats.set(id, /** @type {any} */ ({ id, title, kind: "group", partnerId: 0, lastAt: id, mine: MINE, ...more }));
}

function company() {
  people.clear();
  chats.clear();
  myId.value = 1;
  for (const [id, name] of [[1, "Анна Соколова"], [2, "Вера Зимина"], [3, "Верочка Орлова"], [4, "Игорь Уволенный"]]) {
    people.set(Number(id), /** @type {any} */ ({ id, name, kind: "human", isActive: id !== 4 }));
  }
  chat(10, "Релиз");
  chat(11, "Вера Зимина", { kind: "private", partnerId: 2 });
  chat(12, "Проверка");
}

/** @param {string} text */
function found(text) {
  const finding = new Finding();
  finding.text.value = text;
  return finding.results.value.map(({ chatId, personId }) => (chatId ? `chat${chatId}` : `person${personId}`));
}

test("conversations and people without one are found, each once, the better fit first", () => {
  company();
  assert.deepEqual(found("вер"), ["chat11", "person3", "chat12"]);
  assert.deepEqual(found("@вера"), ["chat11", "person3"]);
});

test("what is typed with the wrong layout is found", () => {
  company();
  assert.deepEqual(found("htkbp"), ["chat10"]);
});

test("without words the newest conversations come, and nobody besides", () => {
  company();
  assert.deepEqual(found(""), ["chat12", "chat11", "chat10"]);
});

test("who has left the company and oneself are not proposed", () => {
  company();
  assert.deepEqual(found("игорь"), []);
  assert.deepEqual(found("анна"), []);
});

test("what the server found by other signs comes last", () => {
  company();
  const finding = new Finding();
  finding.text.value = "вер";
  finding.fromServer.value = new Set(["chat10"]);
  assert.equal(finding.results.value.at(-1)?.chatId, 10);
});
