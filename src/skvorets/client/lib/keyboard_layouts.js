// A text typed with the other keyboard layout: «ghbdtn» is «привет». The same as core/keyboard_layouts.py.

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё";

/** @type {Map<string, string>} */
const OTHER = new Map([...LATIN].flatMap((latin, at) => [[latin, CYRILLIC[at]], [CYRILLIC[at], latin]]));

/**
 * What the same keys write in the other layout, in small letters.
 * @param {string} text
 */
export function otherLayout(text) {
  return [...text.toLowerCase()].map((letter) => OTHER.get(letter) ?? letter).join("");
}
