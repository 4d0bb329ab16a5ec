// Text of messages in the client: the same trees as the server's, and never slow.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { emojiCount, parse, plain } from "../../src/skvorets/client/lib/markup.js";

const { cases } = JSON.parse(readFileSync(new URL("../corpus/markup.json", import.meta.url), "utf8"));
/** What nests, repeats or never ends. */
const HOSTILE = ["[B]", "[/B]", "[B=", "[B=[a", "[B=[a]", "[SEND=x]", "[CODE]", "[/CODE]", ">>", "\n>>", "-", `${"-".repeat(54)}\n`,
  "http://", "http://a.ru/((", "[USER=1]a[/USER]", "[B][I][/B][/I]", "[ICON=/a size=", "\t", "    ", " ", "[b ", "[IMG]", "[URL]",
  "[aaaaaaaaaa", "#BR#", ". ", "http://.....", "[TIMESTAMP=1 format=x", `${"-".repeat(54)}\nA [1]`,
  `${"-".repeat(54)}\n${"a".repeat(199)}`, "👍🏽", "[COLOR=#fff]"];
const CHARS = 100_000;
/** Milliseconds; a hundred thousand characters take a tenth of it, a square of them would take minutes. */
const LIMIT_MS = 3_000;

test("every text of the corpus has the server's tree and plain words", () => {
  assert.ok(cases.length > 150);
  for (const { text, tree, plain: words } of cases) {
    assert.deepEqual(parse(text), tree, text);
    assert.equal(plain(text), words, text);
  }
});

test("no text takes long", () => {
  for (const piece of HOSTILE) {
    const text = piece.repeat(Math.ceil(CHARS / piece.length));
    const begun = performance.now();
    parse(text);
    plain(text);
    emojiCount(text);
    emojiCount(text.slice(0, 99));
    assert.ok(performance.now() - begun < LIMIT_MS, piece);
  }
});

test("whatever is nested, the tree is no deeper than can be drawn", () => {
  const depthOf = (nodes) => 1 + Math.max(0, ...nodes.map((node) => (node.children ? depthOf(node.children) : 0)));
  assert.equal(depthOf(parse("[B]".repeat(500) + "x" + "[/B]".repeat(500))), 21);
});

test("emoji alone are counted", () => {
  const counts = { "👍": 1, "👍🏽": 1, "👩‍🚀🇷🇺 1️⃣": 3, "❤️": 1, "  🎉 ": 1, "12": 0, "©": 0, "a 👍": 0, "": 0, "#": 0 };
  for (const [text, count] of Object.entries(counts)) assert.equal(emojiCount(text), count, text);
});
