// What browsers say of themselves.

import assert from "node:assert/strict";
import { test } from "node:test";

import { browserOf } from "../../src/skvorets/client/lib/user_agents.js";

const KIT = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0";
const CASES = [
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Safari/537.36`, "Chrome", "Windows"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${KIT} Safari/537.36 Edg/140.0`, "Edge", "Windows"],
  [`Mozilla/5.0 (Linux; Android 15) ${KIT} YaBrowser/25.2 Mobile Safari/537.36`, "Яндекс Браузер", "Android"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox", "Linux"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1", "Safari", "iPhone"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15", "Safari", "macOS"],
  ["curl/8.9.1", "", ""],
  ["", "", ""],
];

for (const [userAgent, browser, system] of CASES) {
  test(`${browser || "nothing"} is known by ${userAgent.slice(-40)}`, () => {
    assert.deepEqual(browserOf(userAgent), { browser, system });
  });
}
