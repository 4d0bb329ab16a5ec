// What is beside the chat, without a browser: pages of lists, searching, excerpts, departments, names of icons, places.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { beforeEach, test } from "node:test";

import { asked, on, reset } from "./fake_server.mjs";
import { excerptOf } from "../../src/skvorets/client/lib/excerpts.js";
import { ICON_NAMES, lucideOf } from "../../src/skvorets/client/lib/icon_names.js";
import { membersOf } from "../../src/skvorets/client/state/chat_contents.js";
import { branchesOf, groupsOf, learn } from "../../src/skvorets/client/state/company.js";
import { people } from "../../src/skvorets/client/state/directory.js";
import { Pages } from "../../src/skvorets/client/state/pages.js";
import { atChat, entriesAt, forgetPlaces, learnPlaces } from "../../src/skvorets/client/state/places.js";
import { Searching } from "../../src/skvorets/client/state/searching.js";

const ICONS = new URL("../../src/skvorets/client/icons/lucide/", import.meta.url);

beforeEach(reset);

/** Let what was begun come to its end. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

test("pages come one behind the other, until there are no more", async () => {
  const pages = new Pages(async (last = 0) => ({ items: [last + 1, last + 2], hasMore: last < 2 }));
  assert.equal(pages.isReady.value, false);
  await pages.restart();
  await Promise.all([pages.more(), pages.more()]);
  await pages.more();
  assert.deepEqual(pages.items.value, [1, 2, 3, 4]);
  assert.equal(pages.hasMore.value, false);
});

test("an answer to an older question does not count, and a failure can be repeated", async () => {
  const answers = [];
  const pages = new Pages(() => new Promise((resolve, reject) => answers.push({ resolve, reject })));
  const [first, second] = [pages.restart(), pages.restart()];
  answers[1].resolve({ items: ["new"], hasMore: true });
  answers[0].resolve({ items: ["old"], hasMore: false });
  await Promise.all([first, second]);
  assert.deepEqual(pages.items.value, ["new"]);
  const more = pages.more();
  answers[2].reject(new Error("offline"));
  await more;
  assert.deepEqual([pages.isFailed.value, pages.isLoading.value, pages.items.value], [true, false, ["new"]]);
  const again = pages.more();
  answers[3].resolve({ items: ["newer"], hasMore: false });
  await again;
  assert.deepEqual([pages.isFailed.value, pages.items.value], [false, ["new", "newer"]]);
});

test("members are asked for behind the last one, by the beginnings of names", async () => {
  on("GET /api/chats/(\\d+)/members", ({ afterId }) => ({
    members: [{ personId: Number(afterId ?? 0) + 1 }], people: [{ id: 1, name: "Anna" }], hasMore: !afterId, total: 2,
  }));
  let text = "";
  const pages = membersOf(5, () => text);
  await pages.restart();
  await pages.more();
  text = " an ";
  await pages.restart();
  assert.deepEqual(asked.map(({ given }) => [given.find, given.afterId]), [[undefined, undefined], [undefined, "1"], ["an", undefined]]);
  assert.equal(people.peek(1)?.name, "Anna");
});

test("a search asks once when nothing more is typed, goes on behind the last message, and forgets", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  on("GET /api/search/messages", ({ beforeId }) => ({
    messages: [{ id: beforeId ? 3 : 9 }], people: [], chats: [], hasMore: !beforeId, words: ["релиз", "релиза"],
  }));
  const searching = new Searching();
  searching.look("рел");
  searching.look("релиз ");
  context.mock.timers.tick(1_000);
  context.mock.timers.reset();
  await settled();
  await searching.found.more();
  assert.deepEqual(asked.map(({ given }) => [given.find, given.chatId, given.beforeId]), [["релиз", undefined, undefined], ["релиз", undefined, "9"]]);
  assert.deepEqual(searching.words.value, ["релиз", "релиза"]);
  searching.within(7);
  assert.deepEqual(searching.found.items.value, []);
  await settled();
  assert.equal(asked.at(-1)?.given.chatId, "7");
  searching.look("");
  assert.equal(searching.found.isReady.value, false);
});

test("an excerpt shows the first found word", () => {
  const text = `${"начало ".repeat(30)}важный РЕЛИЗ ${"конец ".repeat(30)}`;
  const found = excerptOf(text, ["релиз"], 80);
  assert.match(found, /^…начало .*РЕЛИЗ конец/);
  assert.ok(found.endsWith("…"));
  assert.ok(found.length <= 82, String(found.length));
  assert.equal(excerptOf("коротко\n и   ясно", ["ясно"], 80), "коротко и ясно");
  assert.equal(excerptOf("x".repeat(500), ["y"], 10), `${"x".repeat(10)}…`);
  assert.ok(excerptOf(`${"x".repeat(500)} word`, ["word"], 20).includes("word"));
});

const COMPANY = [
  { id: 1, parentId: 0, name: "Company", headId: 10, memberIds: [10] },
  { id: 3, parentId: 2, name: "Server", headId: 0, memberIds: [12, 11] },
  { id: 2, parentId: 1, name: "Development", headId: 11, memberIds: [13, 11] },
  { id: 4, parentId: 1, name: "Sales", headId: 0, memberIds: [] },
  { id: 5, parentId: 99, name: "Lost", headId: 0, memberIds: [14] },
];

test("departments stand below their parents, everybody is counted once", () => {
  const branches = branchesOf(COMPANY);
  assert.deepEqual(branches.map(({ department, depth, count }) => [department.name, depth, count]),
    [["Company", 0, 4], ["Development", 1, 3], ["Server", 2, 2], ["Sales", 1, 0], ["Lost", 0, 1]]);
  assert.deepEqual(groupsOf(branches, branches[0], 4).map(({ ids }) => ids), [[10], [11, 13], [12], []]);
  assert.deepEqual(groupsOf(branches, branches[2], 9).map(({ ids }) => ids), [[12, 11]]);
});

test("people of a large department are asked for in parts", async () => {
  on("GET /api/people", ({ ids }) => ({ people: ids.split(",").map((id) => ({ id: Number(id), name: id })) }));
  await learn(Array.from({ length: 450 }, (_, at) => at + 1_000));
  assert.deepEqual(asked.map(({ given }) => given.ids.split(",").length), [200, 200, 50]);
});

test("an icon's name means one of ours, which is there", () => {
  assert.equal(lucideOf("fa-cloud"), "cloud");
  assert.equal(lucideOf("fa fa-Bars"), "menu");
  assert.equal(lucideOf("fa-spin"), undefined);
  assert.equal(lucideOf("constructor"), undefined);
  const there = new Set(readdirSync(ICONS));
  assert.deepEqual(ICON_NAMES.filter((name) => !there.has(`${name}.svg`)), []);
});

test("what is at a chat is asked for once in a while, and again after a refusal", async () => {
  forgetPlaces();
  on("GET /api/chat-apps", () => { throw { status: 500, code: "failure" }; });
  on("GET /api/placements", () => ({ placements: [{ id: 4, placement: "IM_SIDEBAR" }] }));
  learnPlaces(7, "chat7");
  learnPlaces(7, "chat7");
  await settled();
  assert.equal(asked.length, 2);
  assert.deepEqual(atChat(7), { apps: [], entries: [] });
  reset();
  on("GET /api/chat-apps", () => ({ apps: [{ id: 1 }] }));
  on("GET /api/placements", () => ({ placements: [{ id: 4, placement: "IM_SIDEBAR" }] }));
  learnPlaces(7, "chat7");
  await settled();
  learnPlaces(7, "chat7");
  assert.equal(asked.length, 2);
  assert.deepEqual(entriesAt(7, "IM_SIDEBAR").map((one) => one.id), [4]);
  assert.deepEqual(entriesAt(7, "IM_TEXTAREA"), []);
});
