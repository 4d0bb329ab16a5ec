// How the settings of an open line are written for people.

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  clockOf, durationOf, LONGEST_S, minutesOf, moved, offsetName, secondsOf, shortDuration, sitesOf,
} from "../../src/skvorets/client/lib/line_settings.js";

test("a duration is shown in the largest unit in which it is whole", () => {
  assert.deepEqual(durationOf(0), { value: 0, unit: "seconds" });
  assert.deepEqual(durationOf(90), { value: 90, unit: "seconds" });
  assert.deepEqual(durationOf(600), { value: 10, unit: "minutes" });
  assert.deepEqual(durationOf(14_400), { value: 4, unit: "hours" });
});

test("seconds stay within what the server takes", () => {
  assert.equal(secondsOf(1.5, "minutes"), 90);
  assert.equal(secondsOf(Number.NaN, "hours"), 0);
  assert.equal(secondsOf(-5, "seconds"), 0);
  assert.equal(secondsOf(1e9, "hours"), LONGEST_S);
});

test("midnight is the beginning of a day, and as an end the end of it", () => {
  assert.equal(minutesOf("09:30"), 570);
  assert.equal(minutesOf("00:00"), 0);
  assert.equal(minutesOf("00:00", true), 1440);
  assert.equal(minutesOf(""), 0);
  for (const minutes of [0, 1, 570, 1439]) assert.equal(minutesOf(clockOf(minutes)), minutes);
  assert.equal(minutesOf(clockOf(1440), true), 1440);
});

test("clocks are named by their distance from Greenwich", () => {
  assert.deepEqual([0, 180, -570, 345].map(offsetName), ["UTC", "UTC+3", "UTC−9:30", "UTC+5:45"]);
});

test("sites are origins, however they were written", () => {
  const text = " shop.example\nhttps://Shop.example/cart?x=1, http://localhost:8080;https://xn--80ak6aa92e.com ";
  const { sites, wrong } = sitesOf(text);
  assert.deepEqual(sites, ["https://shop.example", "http://localhost:8080", "https://xn--80ak6aa92e.com"]);
  assert.deepEqual(wrong, []);
  assert.deepEqual(sitesOf("пример.рф").sites, ["https://xn--e1afmkfd.xn--p1ai"]);
  const bad = sitesOf("javascript:alert(1) ftp://a.example https:// *.example [::1]");
  assert.deepEqual(bad.sites, []);
  assert.equal(bad.wrong.length, 5);
});

test("an item is moved, and never lost", () => {
  assert.deepEqual(moved(["a", "b", "c"], 2, 0), ["c", "a", "b"]);
  assert.deepEqual(moved(["a", "b", "c"], 0, 2), ["b", "c", "a"]);
  assert.deepEqual(moved(["a", "b"], 0, 9), ["b", "a"]);
  assert.deepEqual(moved(["a", "b"], 1, -1), ["b", "a"]);
  assert.deepEqual(moved(["a"], 5, 0), ["a"]);
});

test("waiting is short to read", () => {
  assert.deepEqual([0, 45, 200, 3900].map(shortDuration), ["0:00", "0:45", "3:20", "1:05:00"]);
});
