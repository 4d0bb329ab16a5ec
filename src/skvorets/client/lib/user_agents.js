// What a browser says of itself, in two words that people know.

/** From the particular to the general: most browsers also claim to be others. @type {[RegExp, string][]} */
const BROWSERS = [
  [/\bYaBrowser\//, "Яндекс Браузер"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bOPR\/|\bOpera/, "Opera"],
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bChrome\/|\bChromium\/|\bCriOS\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];
/** @type {[RegExp, string][]} */
const SYSTEMS = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bLinux\b/, "Linux"],
];

/**
 * @param {string} userAgent
 * @returns {{ browser: string, system: string }} empty = not known
 */
export function browserOf(userAgent) {
  return { browser: first(BROWSERS, userAgent), system: first(SYSTEMS, userAgent) };
}

/**
 * @param {[RegExp, string][]} known
 * @param {string} text
 */
function first(known, text) {
  return known.find(([pattern]) => pattern.test(text))?.[1] ?? "";
}
