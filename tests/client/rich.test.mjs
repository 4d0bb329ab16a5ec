// What is worked out of a message's content before it is drawn (client/lib, client/state/keyboard_locks.js).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";

import { attachmentsOf, gridsOf, siteOf, targetOf, wordsOf } from "../../src/skvorets/client/lib/attach.js";
import { calm, calmName } from "../../src/skvorets/client/lib/calm.js";
import { GROUNDS, READABLE, buttonColors, contrast, readableOn, textColor } from "../../src/skvorets/client/lib/contrast.js";
import { fileIcon } from "../../src/skvorets/client/lib/file_kinds.js";
import { htmlWords } from "../../src/skvorets/client/lib/html_words.js";
import { pieces } from "../../src/skvorets/client/lib/highlight.js";
import { actionOf, rowsOf } from "../../src/skvorets/client/lib/keyboard.js";
import { optionsOf } from "../../src/skvorets/client/lib/moments.js";
import { fitted } from "../../src/skvorets/client/lib/sizes.js";
import { LOCK_MS, press, waitOf } from "../../src/skvorets/client/state/keyboard_locks.js";

const button = (TEXT, more = {}) => ({ BOT_ID: 5, TYPE: "BUTTON", TEXT, COMMAND: "do", COMMAND_PARAMS: TEXT, DISPLAY: "LINE", ...more });
const texts = (rows) => rows.map((row) => row.map((one) => one.text).join(" "));

test("buttons stand in rows as DISPLAY and NEWLINE say", () => {
  const stored = [button("1"), button("2"), { TYPE: "NEWLINE" }, button("3"), button("wide", { DISPLAY: "BLOCK" }), button("4"),
    { TYPE: "NEWLINE" }, { TYPE: "NEWLINE" }, button("5"), button("6")];
  assert.deepEqual(texts(rowsOf(stored, "desktop")), ["1 2", "3", "wide", "4", "5 6"]);
});

test("buttons of another device are left out", () => {
  const stored = [button("all"), button("m", { CONTEXT: "MOBILE" }), button("d", { CONTEXT: "DESKTOP" })];
  assert.deepEqual(texts(rowsOf(stored, "desktop")), ["all d"]);
  assert.deepEqual(texts(rowsOf(stored, "mobile")), ["all m"]);
});

test("a keyboard of anything is no keyboard", () => {
  for (const stored of [null, 5, "x", {}, [], [null, 1, "a", [], { TEXT: "" }, { TEXT: {} }], { TYPE: "NEWLINE" }]) {
    assert.deepEqual(rowsOf(stored, "desktop"), []);
  }
});

test("a button has the first of its actions", () => {
  assert.deepEqual(actionOf({ LINK: "https://a.ru", COMMAND: "x" }), { kind: "link", address: "https://a.ru" });
  assert.deepEqual(actionOf({ LINK: "javascript:alert(1)" }), { kind: "none" });
  assert.deepEqual(actionOf({ APP_ID: 7, APP_PARAMS: "p", ACTION: "PUT" }), { kind: "app", appId: 7, params: "p" });
  assert.deepEqual(actionOf({ ACTION: "PUT", ACTION_VALUE: "/search " }), { kind: "put", value: "/search " });
  assert.deepEqual(actionOf({ ACTION: "FLY", ACTION_VALUE: "x" }), { kind: "none" });
  assert.deepEqual(actionOf({ COMMAND: "do", BOT_ID: 5 }), { kind: "command", command: "do", params: "", botId: 5 });
});

test("the grounds of texts are the tokens' colours", () => {
  const tokens = readFileSync(new URL("../../src/skvorets/client/style/tokens.css", import.meta.url), "utf8");
  const color = (name) => new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\)`).exec(tokens).slice(1);
  const found = ["surface", "mine", "raised"].map(color);
  assert.deepEqual(new Set(found.map(([light]) => light)), new Set(GROUNDS.light));
  assert.deepEqual(new Set(found.map(([, dark]) => dark)), new Set(GROUNDS.dark));
});

test("whatever colours a bot takes, its words can be read", () => {
  const colors = ["#000", "#fff", "#ff0000", "#ffff00", "#29619b", "#2a4c7c", "#333", "#777777", "#00ff00"];
  for (const one of colors) {
    for (const grounds of Object.values(GROUNDS)) {
      for (const ground of grounds) assert.ok(contrast(readableOn(one, grounds), ground) >= READABLE, `${one} on ${ground}`);
    }
    for (const other of colors) {
      const { background, color } = buttonColors(one, other);
      assert.ok(background === one && contrast(color, background) >= READABLE, `${other} on ${one}`);
    }
    assert.ok(contrast(buttonColors(one, undefined).color, one) >= READABLE);
  }
  assert.equal(readableOn("#29619b", ["#ffffff"]), "#29619b");
  assert.equal(textColor("red;x:y"), undefined);
  assert.deepEqual(buttonColors(undefined, undefined), {});
});

test("attachments of anything are read", () => {
  for (const stored of [null, 5, "x", [[]], [null], [{ BLOCKS: "x" }], { BLOCKS: { 0: { DELIMITER: [] } } }]) attachmentsOf(stored);
  const [one, two] = attachmentsOf([
    { ID: 1, COLOR: "#29619b", BLOCKS: [{ MESSAGE: "x" }, { HOLOGRAM: { A: "b" } }] },
    { ID: "1", COLOR: "transparent", BLOCKS: [{ RICH_LINK: [] }] },
  ]);
  assert.deepEqual(one.blocks.map((block) => block.kind), ["MESSAGE", ""]);
  assert.deepEqual([one.color, one.isCard, two.color, two.isCard], ["#29619b", false, undefined, true]);
  assert.notEqual(one.id, two.id);
  assert.equal(wordsOf({ TITLE: "t", LIST: [{ V: "v" }, 7, null] }), "t\nv\n7");
});

test("what is unknown and endless shows little", () => {
  let deep = "bottom";
  for (let depth = 0; depth < 50; depth += 1) deep = { deep };
  assert.equal(wordsOf(deep), "");
  assert.equal(wordsOf(["x".repeat(50_000)]).length, 2_000);
});

test("cells of a grid stand with their likes", () => {
  const grids = gridsOf([{ NAME: "a", DISPLAY: "LINE" }, { NAME: "b", DISPLAY: "LINE" }, { VALUE: "c", DISPLAY: "COLUMN" }, {},
    { NAME: "d", DISPLAY: "?" }]);
  assert.deepEqual(grids.map(({ display, cells }) => [display, cells.length]), [["line", 2], ["row", 1], ["block", 1]]);
});

test("a thing leads where its key says, and nowhere unsafe", () => {
  assert.deepEqual(targetOf({ USER_ID: 5 }), { personId: 5 });
  assert.deepEqual(targetOf({ BOT_ID: "6" }), { personId: 6 });
  assert.deepEqual(targetOf({ CHAT_ID: 7 }), { chatId: 7 });
  assert.deepEqual(targetOf({ LINK: "/im/" }), { address: "/im/" });
  assert.equal(targetOf({ LINK: "javascript:alert(1)" }), undefined);
  assert.equal(targetOf({ NETWORK_ID: "abc" }), undefined);
  assert.deepEqual(["https://www.a.ru/b", "https://good.ru@evil.ru/", "/x"].map(siteOf), ["a.ru", "evil.ru", ""]);
});

test("towers of marks and turned lines are calmed, languages are left alone", () => {
  assert.equal(calm(`z${"\u0301".repeat(60)}a`), `z${"\u0301".repeat(4)}a`);
  assert.equal(calm("שָׁלוֹם ที่นี่ й ё"), "שָׁלוֹם ที่นี่ й ё");
  assert.equal(calmName("a\u202eb\u2066c\n d"), "abc d");
});

test("found words are marked where words begin", () => {
  const found = (text, words) => pieces(text, words).map((one) => (one.isFound ? `[${one.text}]` : one.text)).join("");
  assert.equal(found("Отчёт готов, переотчёт", ["отчет"]), "[Отчёт] готов, переотчёт");
  assert.equal(found("a+b (c)", ["a+", "(c"]), "[a+]b [(c])");
  assert.equal(found("x", []), "x");
  assert.equal(found("", ["x"]), "");
});

test("of HTML only the words are left, and none is slow to read", () => {
  assert.equal(htmlWords("<b>a</b> &amp; <p>b<br>c</p><script>x</script><style>y"), "a & \nb\nc".replace(" \n", "\n"));
  assert.equal(htmlWords("&lt;script&gt; &#1103;&#x44f; &#9999999; &nope;"), "<script> яя &#9999999; &nope;");
  for (const piece of ["<", "<script>", "<a ", "</", "&#", "<p>", " \n"]) {
    const begun = performance.now();
    htmlWords(piece.repeat(30_000 / piece.length));
    assert.ok(performance.now() - begun < 1_000, piece);
  }
});

test("moments are shown as asked", () => {
  assert.deepEqual(optionsOf("SHORT_TIME"), { hour: "2-digit", minute: "2-digit" });
  assert.deepEqual(optionsOf("LONG_DATE_FORMAT"), { day: "numeric", month: "long", year: "numeric" });
  assert.equal(optionsOf("no such").month, "short");
});

test("pictures keep their proportions within their room, and files their icons", () => {
  assert.deepEqual(fitted({ width: 1000, height: 500 }, { width: 400, height: 300 }), { width: 400, height: 200 });
  assert.deepEqual(fitted({ width: 10, height: 5 }, { width: 400, height: 300 }), { width: 10, height: 5 });
  assert.deepEqual(fitted({ width: 9, height: 90_000 }, { width: 400, height: 300 }), { width: 1, height: 300 });
  assert.deepEqual(["a.PNG", "b.tar.gz", "constructor", "x.constructor"].map(fileIcon), ["file-image", "file-archive", "file", "file"]);
});

test("a locked keyboard waits for its message, for a refusal, or for some time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let count = 0;
  const click = (messageId, index, isLocking, act = () => (count += 1)) =>
    press(messageId, { version: "1", index, isLocking }, act);
  await click(1, 0, true);
  assert.equal(waitOf(1, "1")?.isWhole, true);
  await click(1, 1, true);
  assert.equal(count, 1, "the other buttons are locked, too");
  assert.equal(waitOf(1, "2"), undefined, "the bot has changed the message");
  mock.timers.tick(LOCK_MS);
  assert.equal(waitOf(1, "1"), undefined);

  await click(2, 0, true, () => Promise.reject(new Error("refused")));
  assert.deepEqual([waitOf(2, "1")?.isWhole, waitOf(2, "1")?.isFailed], [false, true]);
  await click(2, 0, false);
  assert.equal(count, 2, "it can be pressed again");
  assert.equal(waitOf(2, "1"), undefined);
});
