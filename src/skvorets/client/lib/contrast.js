// Colours that bots choose, made readable: a text's colour is moved towards black or white until it can be read on what
// it stands on, in the light theme and in the dark one. Ratios as in WCAG 2.2, 1.4.3.

import { hexColor } from "./values.js";

/** The least ratio of a text to what is behind it. */
export const READABLE = 4.5;
/** Steps from a colour to black or white: the first one that can be read is taken. */
const STEPS = 20;

/**
 * What texts of messages and buttons stand on: --surface, --mine and --raised of style/tokens.css, by day and by night.
 */
export const GROUNDS = {
  light: ["#ffffff", "#e1effe"],
  dark: ["#17202a", "#1c3654", "#1e2935"],
};

/** @typedef {[red: number, green: number, blue: number]} Color 0..255 each */

/**
 * @param {string} hex `#rgb` or `#rrggbb`
 * @returns {Color}
 */
export function colorOf(hex) {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const [red, green, blue] = [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16));
  return [red, green, blue];
}

/** @param {Color} color */
function hexOf(color) {
  return `#${color.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** @param {Color} color */
function luminance(color) {
  const [red, green, blue] = color.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * The ratio of two colours, 1..21.
 * @param {string} one
 * @param {string} other
 */
export function contrast(one, other) {
  const [dark, light] = [luminance(colorOf(one)), luminance(colorOf(other))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * The colour nearest to this one that can be read on all of the grounds.
 * @param {string} wanted
 * @param {string[]} grounds
 */
export function readableOn(wanted, grounds) {
  if (isReadable(wanted, grounds)) return hexOf(colorOf(wanted));
  for (let step = 1; step <= STEPS; step += 1) {
    for (const end of [0, 255]) {
      const moved = hexOf(/** @type {Color} */ (colorOf(wanted).map((part) => part + ((end - part) * step) / STEPS)));
      if (isReadable(moved, grounds)) return moved;
    }
  }
  return bestOf(["#000000", "#ffffff"], grounds);
}

/**
 * A colour for texts in messages, in both themes; undefined when none is given.
 * @param {unknown} given
 */
export function textColor(given) {
  const color = hexColor(given);
  return color && `light-dark(${readableOn(color, GROUNDS.light)}, ${readableOn(color, GROUNDS.dark)})`;
}

/**
 * The colours of a button: what is given, with a text that can be read.
 * @param {unknown} background
 * @param {unknown} text
 * @returns {{ background?: string, color?: string }}
 */
export function buttonColors(background, text) {
  const ground = hexColor(background);
  if (!ground) return text ? { color: textColor(text) } : {};
  return { background: ground, color: readableOn(hexColor(text) ?? bestOf(["#17212b", "#ffffff"], [ground]), [ground]) };
}

/** @param {string} color @param {string[]} grounds */
function isReadable(color, grounds) {
  return grounds.every((ground) => contrast(color, ground) >= READABLE);
}

/** @param {string[]} colors @param {string[]} grounds */
function bestOf(colors, grounds) {
  const worst = colors.map((color) => Math.min(...grounds.map((ground) => contrast(color, ground))));
  return colors[worst.indexOf(Math.max(...worst))];
}
