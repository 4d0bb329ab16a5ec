// What the frame and the page around it tell each other. The page is whoever holds us in a frame: our sender is checked
// by the window, its origin is kept from the first word on, and nothing that it says leads to code or to markup.
//
//   page ──► frame  page { url, title, language }, open { isPhone }, close, near, identify { name, email }
//   frame ──► page  looks { color, ink, side, open, close, title, isOpen }, unread { count }, close, gone

/** @typedef {{ skvorets: string, [name: string]: unknown }} Word */

export class Host {
  /** Are we in a frame at all? Alone we are a page of our own. */
  isFramed = window.parent !== window;
  #origin = "";
  /** @type {Word[]} said before the page was heard */
  #early = [];

  /** @param {(word: Word) => void} onWord */
  listen(onWord) {
    addEventListener("message", ({ source, origin, data }) => {
      if (!this.isFramed || source !== window.parent || typeof data?.skvorets !== "string") return;
      this.#origin ||= origin;
      if (origin !== this.#origin) return;
      for (const word of this.#early.splice(0)) this.#post(word);
      onWord(data);
    });
  }

  /** @param {string} kind @param {Record<string, unknown>} [more] */
  say(kind, more) {
    if (!this.isFramed) return;
    const word = { skvorets: kind, ...more };
    if (this.#origin) this.#post(word);
    else this.#early.push(word);
  }

  /** @param {Word} word */
  #post(word) {
    // Pages from a file have no origin to name.
    window.parent.postMessage(word, this.#origin === "null" ? "*" : this.#origin);
  }
}

/** @param {unknown} given @param {number} [longest] */
export function wordOf(given, longest = 2_000) {
  return typeof given === "string" ? given.slice(0, longest) : "";
}
