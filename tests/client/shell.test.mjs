// Pure parts of the messenger's frame: shortcuts and the rows that a list draws.

import assert from "node:assert/strict";
import { test } from "node:test";

import { comboWords, isPressed, isWriting } from "../../src/skvorets/client/lib/combos.js";
import { rowsToDraw, scrolledTo } from "../../src/skvorets/client/lib/window_of_rows.js";
import { dialogWords } from "../../src/skvorets/client/messenger/dialogs/words.js";
import { lineWords } from "../../src/skvorets/client/messenger/lines/words.js";
import { SHORTCUTS } from "../../src/skvorets/client/messenger/keys_table.js";

const NONE = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test("a shortcut is pressed by the place of the key, with exactly its modifiers", () => {
  assert.ok(isPressed({ ...NONE, code: "KeyK", ctrlKey: true }, "Mod+KeyK"));
  assert.ok(isPressed({ ...NONE, code: "KeyK", metaKey: true }, "Mod+KeyK"));
  assert.ok(!isPressed({ ...NONE, code: "KeyK", ctrlKey: true, shiftKey: true }, "Mod+KeyK"));
  assert.ok(!isPressed({ ...NONE, code: "KeyK" }, "Mod+KeyK"));
  assert.ok(isPressed({ ...NONE, code: "NumpadAdd", shiftKey: true }, "Shift+Equal"));
});

test("in a text field only such shortcuts count as write nothing", () => {
  assert.deepEqual(["Mod+KeyK", "Alt+ArrowUp", "F6", "Escape", "Shift+F6"].filter(isWriting), []);
  assert.deepEqual(["KeyR", "Shift+Slash", "Delete"].filter(isWriting), ["KeyR", "Shift+Slash", "Delete"]);
});

test("shortcuts are written as on the machine's keyboard", () => {
  assert.equal(comboWords("Mod+Shift+KeyF", false), "Ctrl+Shift+F");
  assert.equal(comboWords("Mod+Shift+KeyF", true), "⌘⇧F");
  assert.equal(comboWords("Shift+Slash", false), "?");
  assert.equal(comboWords("Alt+ArrowDown", false), "Alt+↓");
});

test("every shortcut has words in both languages, and no two are the same", () => {
  for (const { id } of SHORTCUTS) {
    for (const words of [{ ...dialogWords.ru, ...lineWords.ru }, { ...dialogWords.en, ...lineWords.en }]) assert.ok(`key.${id}` in words, id);
  }
  const combos = SHORTCUTS.flatMap((one) => one.combos);
  assert.equal(new Set(combos).size, combos.length);
});

test("a list draws the rows near the window and the one with the focus", () => {
  const view = { top: 1000, height: 200, row: 50, count: 1000 };
  const rows = rowsToDraw({ ...view, also: 900 });
  assert.ok(rows.length < 30);
  for (const number of [20, 21, 22, 23, 24, 900]) assert.ok(rows.includes(number), String(number));
  assert.deepEqual(rowsToDraw({ top: 0, height: 200, row: 50, count: 3, also: 1 }), [0, 1, 2]);
  assert.deepEqual(rowsToDraw({ top: 0, height: 200, row: 50, count: 0, also: 0 }), []);
});

test("a list scrolls no further than is needed to see a row whole", () => {
  const view = { top: 100, height: 200, row: 50 };
  assert.equal(scrolledTo(view, 3), 100);
  assert.equal(scrolledTo(view, 1), 50);
  assert.equal(scrolledTo(view, 6), 150);
});
