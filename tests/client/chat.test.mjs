// The parts of a chat that need no browser: which rows there are and where, mentions, codes, emoji.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { findEmoji, groupsOf } from "../../src/skvorets/client/lib/emoji.js";
import { inserted, linked, quoteOf, quotedLines, wrapped } from "../../src/skvorets/client/lib/formatting.js";
import { beginningAt, decoded, encoded, labelOf } from "../../src/skvorets/client/lib/mentions.js";
import { guessOf, itemsOf, keyOf, sameItems } from "../../src/skvorets/client/lib/timeline_items.js";
import { HEAD_ROOM, Track } from "../../src/skvorets/client/lib/virtual.js";

const row = (key, guess = 40, isFirm = true) => ({ key, guess, isFirm });
const rows = (from, to) => Array.from({ length: to - from }, (_, at) => row(`m${from + at}`));

test("rows begin where the ones before them end, as guessed and as measured", () => {
  const track = new Track();
  track.setRows(rows(0, 10));
  assert.equal(track.total, 400);
  assert.equal(track.measure([["m2", 100], ["m5", 10]]), true);
  assert.equal(track.measure([["m2", 100]]), false);
  assert.deepEqual([track.topOf("m2"), track.topOf("m3"), track.topOf("m6"), track.total], [80, 180, 270, 430]);
  assert.deepEqual([track.heightOf("m2"), track.heightOf("m5"), track.heightOf("none")], [100, 10, 0]);
  assert.deepEqual([track.rowAt(-5), track.rowAt(0), track.rowAt(179), track.rowAt(180), track.rowAt(9999)], [0, 0, 2, 3, 9]);
});

test("only the rows in sight and some around are drawn, however many there are", () => {
  const track = new Track();
  track.setRows(rows(0, 100_000));
  const { first, end } = track.rangeOf(2_000_000, 800, 400);
  assert.deepEqual([first, end], [49_990, 50_031]);
  track.setRows([]);
  assert.deepEqual(track.rangeOf(0, 800, 400), { first: 0, end: 0 });
});

test("an anchor stays where it is while others come before it or are measured", () => {
  const track = new Track();
  track.setRows([row("day", 40, false), ...rows(10, 20)]);
  const anchor = track.anchorAt(30, 200);
  assert.deepEqual(anchor, { key: "m10", shift: 10 });
  track.setRows([row("day", 40, false), ...rows(0, 20)]);
  assert.equal(track.topFor(anchor), 430);
  track.measure([["m3", 140]]);
  assert.equal(track.topFor(anchor), 530);
  track.setRows(rows(0, 5));
  assert.equal(track.topFor(anchor), null);
});

test("a row higher than the window is the anchor when no other begins in it", () => {
  const track = new Track();
  track.setRows([row("a", 40), row("b", 5000), row("c", 40)]);
  assert.deepEqual(track.anchorAt(1000, 300), { key: "b", shift: -960 });
  track.setRows([]);
  assert.equal(track.anchorAt(0, 300), null);
});

test("a row is shown in the middle, at the start, or with as little moving as possible", () => {
  const track = new Track();
  track.setRows(rows(0, 100));
  track.measure([["m50", 2000]]);
  const now = { top: 1000, height: 400 };
  assert.equal(track.topToShow("m10", "middle", now), 220);
  assert.equal(track.topToShow("m10", "start", now), 400 - HEAD_ROOM);
  assert.equal(track.topToShow("m30", "nearest", now), 1000);
  assert.equal(track.topToShow("m40", "nearest", now), 1240);
  assert.equal(track.topToShow("m20", "nearest", now), 800 - HEAD_ROOM);
  assert.equal(track.topToShow("m50", "middle", now), 2000 - HEAD_ROOM);
});

test("another width forgets what was measured", () => {
  const track = new Track();
  track.setRows(rows(0, 2));
  track.measure([["m0", 90]]);
  assert.equal(track.isMeasured("m0"), true);
  track.forget();
  assert.deepEqual([track.total, track.isMeasured("m0")], [80, false]);
});

const NOON = new Date(2026, 4, 5, 12).getTime();
const message = (id, authorId, minutes, more = {}) => ({
  id, chatId: 1, seq: id, authorId, createdAt: NOON + minutes * 60_000, text: `text ${id}`, params: {}, files: [], likes: [],
  replyTo: null, forwarded: null, isSystem: authorId === 0, isDeleted: false, ...more,
});
const given = (messages, more = {}) => ({ messages, entries: [], dividerId: 0, me: 1, hasOlder: false, ...more });

test("messages of an author within five minutes are one group", () => {
  const items = itemsOf(given([message(1, 5, 0), message(2, 5, 4), message(3, 5, 10), message(4, 6, 11), message(5, 0, 11)]));
  assert.deepEqual(items.map((one) => one.kind), ["beginning", "day", ...Array(5).fill("message")]);
  assert.deepEqual(items.slice(2).map((one) => [one.isHead, one.isTail]), [[true, false], [false, true], [true, true],
    [true, true], [true, true]]);
});

test("days and the line before the unread part groups", () => {
  const items = itemsOf(given([message(1, 5, 0), message(2, 5, 1), message(3, 5, 24 * 60)], { dividerId: 2, hasOlder: true }));
  assert.deepEqual(items.map((one) => one.kind), ["older", "day", "message", "divider", "message", "day", "message"]);
  assert.equal(items[4].isHead, true);
  assert.equal(items[2].isTail, true);
});

test("the line stands before the next message when its own is gone", () => {
  const items = itemsOf(given([message(1, 5, 0), message(9, 5, 1)], { dividerId: 4 }));
  assert.deepEqual(items.map((one) => one.kind), ["beginning", "day", "message", "divider", "message"]);
});

test("what is on its way comes last and continues one's own group", () => {
  const entry = { clientId: "x", createdAt: NOON + 60_000, text: "soon", files: [] };
  const items = itemsOf(given([message(1, 1, 0)], { entries: [entry] }));
  assert.deepEqual(items.slice(2).map((one) => [one.kind, one.isHead, one.isTail]), [["message", true, false], ["entry", false, true]]);
});

test("unchanged items stay the same objects", () => {
  const messages = [message(1, 5, 0), message(2, 5, 1)];
  const before = itemsOf(given(messages));
  const known = new Map(before.map((one) => [one.key, one]));
  const after = sameItems(itemsOf(given([messages[0], { ...messages[1], text: "other" }])), known);
  assert.equal(after[2], before[2]);
  assert.notEqual(after[3], before[3]);
  assert.equal(after[3].key, keyOf(2));
});

test("a guess grows with what is in a message", () => {
  const [, , short, long] = itemsOf(given([message(1, 5, 0), message(2, 6, 1, { text: "word ".repeat(400) })]));
  assert.ok(guessOf(long, 800) > guessOf(short, 800) + 300);
  assert.ok(guessOf(long, 320) > guessOf(long, 800));
});

test("mentions are names in the field and codes on the wire", () => {
  const mentioned = new Map();
  assert.equal(labelOf(5, "Anna", mentioned), "Anna");
  assert.equal(labelOf(7, "Ann", mentioned), "Ann");
  assert.equal(labelOf(9, "Ann", mentioned), "Ann (2)");
  const sent = encoded("@Anna, @Ann and @Ann (2): mail x@Anna.example? @Anne", mentioned);
  assert.equal(sent, "[USER=5]Anna[/USER], [USER=7]Ann[/USER] and [USER=9]Ann[/USER]: mail x[USER=5]Anna[/USER].example? @Anne");
  const again = new Map();
  assert.equal(decoded("Hi [USER=5]Anna[/USER], [USER=9]Anna[/USER]!", again), "Hi @Anna, @Anna (2)!");
  assert.deepEqual([...again], [["Anna", 5], ["Anna (2)", 9]]);
});

test("a name with signs of patterns is only a name", () => {
  const mentioned = new Map([["a.*(b", 3]]);
  assert.equal(encoded("@a.*(b and @axxb", mentioned), "[USER=3]a.*(b[/USER] and @axxb");
});

test("what is being written is found before the caret", () => {
  assert.deepEqual(beginningAt("/ec", 3), { sign: "/", start: 0, words: "ec" });
  assert.equal(beginningAt("say /ec", 7), null);
  assert.equal(beginningAt("/echo hello", 11), null);
  assert.deepEqual(beginningAt("hi @Ан", 6), { sign: "@", start: 3, words: "Ан" });
  assert.deepEqual(beginningAt("@Anna Ko", 8), { sign: "@", start: 0, words: "Anna Ko" });
  assert.equal(beginningAt("mail@host", 9), null);
  assert.deepEqual(beginningAt("so :smi", 7), { sign: ":", start: 3, words: "smi" });
  assert.equal(beginningAt("at 10:30", 8), null);
  assert.equal(beginningAt(":)", 2), null);
});

test("codes are put around the selection and taken away again", () => {
  const once = wrapped({ text: "a word b", start: 2, end: 6 }, "B");
  assert.deepEqual(once, { text: "a [B]word[/B] b", start: 5, end: 9 });
  assert.deepEqual(wrapped(once, "B"), { text: "a word b", start: 2, end: 6 });
  assert.deepEqual(wrapped({ text: "[I]x[/I]", start: 0, end: 8 }, "I"), { text: "x", start: 0, end: 1 });
  assert.deepEqual(wrapped({ text: "", start: 0, end: 0 }, "U"), { text: "[U][/U]", start: 3, end: 3 });
});

test("whole lines become a quote", () => {
  const once = quotedLines({ text: "one\ntwo\nthree", start: 5, end: 9 });
  assert.equal(once.text, "one\n>>two\n>>three");
  assert.equal(quotedLines(once).text, "one\ntwo\nthree");
});

test("links ask for what is missing", () => {
  assert.deepEqual(linked({ text: "site", start: 0, end: 4 }), { text: "[URL=https://]site[/URL]", start: 13, end: 13 });
  assert.deepEqual(linked({ text: "https://a.b", start: 0, end: 11 }), { text: "[URL=https://a.b][/URL]", start: 17, end: 17 });
});

test("words go where the caret is", () => {
  assert.deepEqual(inserted({ text: "ab", start: 1, end: 1 }, "🙂"), { text: "a🙂b", start: 3, end: 3 });
});

test("a quote has rows of 54 dashes and cannot be broken out of", () => {
  const lines = quoteOf({ author: "Anna", time: "5.05.2026, 12:00", text: `a\n${"-".repeat(54)}\nb` }).split("\n");
  assert.deepEqual(lines, ["-".repeat(54), "Anna [5.05.2026, 12:00]", "a", "—", "b", "-".repeat(54), ""]);
});

test("emoji are found in both languages", () => {
  const data = JSON.parse(readFileSync(new URL("../../src/skvorets/client/emoji/emoji.json", import.meta.url), "utf8"));
  const groups = groupsOf(data);
  const first = (words) => findEmoji(groups, words, 20).map((one) => one.sign);
  assert.equal(first("rocket")[0], "🚀");
  assert.ok(first("ракета").includes("🚀"));
  assert.ok(first("сердце").some((sign) => sign.startsWith("❤")));
  assert.ok(first("улыбка").length > 5);
  assert.deepEqual(first(""), []);
  assert.deepEqual(first("qqqqq"), []);
});
