// Colours and the language that the line, the page around and the browser wish.

/**
 * @param {string | undefined} own of the line
 * @param {string} wished of the page
 * @returns {"ru" | "en"}
 */
export function languageOf(own, wished) {
  for (const one of [own ?? "", wished, ...navigator.languages]) {
    const start = one.slice(0, 2).toLowerCase();
    if (start === "ru" || start === "en") return start;
  }
  return "en";
}

/**
 * Black or white, whichever is read better on a colour `#rrggbb` (WCAG 2.2, 1.4.3).
 * @param {string} color
 */
export function inkOn(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = parseInt(color.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0575 ? "#ffffff" : "#10161d";
}
