// Away after ten minutes without a touch, back with the first one: messenger/idle.js.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { asked, on, reset, settle } from "./fake_server.mjs";
import { myId } from "../../src/skvorets/client/state/directory.js";

/** @type {Record<string, () => void>} */
const signs = {};
const kept = new Map();
globalThis.localStorage = /** @type {any} */ ({
  getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value),
});
globalThis.addEventListener = (name, hear) => void (signs[name] = hear);
const { watchIdleness } = await import("../../src/skvorets/client/messenger/idle.js");

test("others are told once when one goes, and once when one comes back", async () => {
  reset();
  on("PUT /api/idle", () => null);
  on("DELETE /api/idle", () => null);
  mock.timers.enable({ apis: ["setInterval", "Date"], now: 1_000_000 });
  myId.value = 9;
  watchIdleness();
  mock.timers.tick(590_000);
  signs.pointermove();
  mock.timers.tick(590_000);
  assert.deepEqual(asked, []);
  mock.timers.tick(60_000);
  await settle();
  assert.deepEqual(asked.map((one) => [one.verb, one.given.since]), [["PUT", 1_590_000]]);
  signs.keydown();
  signs.pointermove();
  await settle();
  // Another page of this browser is used meanwhile.
  mock.timers.tick(590_000);
  kept.set("skvorets.touched", String(Date.now()));
  mock.timers.tick(300_000);
  await settle();
  assert.deepEqual(asked.map((one) => one.verb), ["PUT", "DELETE"]);
  mock.timers.reset();
});
