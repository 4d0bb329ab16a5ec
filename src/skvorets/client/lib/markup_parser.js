// The parser of message text: one pass over the codes, linear in the length of the text. The same as
// core/markup_parser.py, step by step; both are tested on the same texts (tests/corpus/markup.json).
//
//   text ──TOKEN──▶ tags, breaks, indents, `>>`, dash rows, addresses ──▶ stack of open frames ──▶ tree
//
// Nothing throws. A code that is unknown, has a wrong value or is never closed stays text.

import { INTERACTIVE, isPicture, opened, singleNode } from "./markup_codes.js";
import { LookAhead } from "./markup_ahead.js";
import { textNode } from "./markup_nodes.js";
import { DASHES, LINES, OpenCodes } from "./markup_stack.js";
import { QUOTE_HEAD, SCHEME_ONLY, breakAt, tokensOf } from "./markup_tokens.js";
import { trimmed } from "./values.js";

/** @typedef {import("./markup_nodes.js").Node} Node */
/** @typedef {import("./markup_tokens.js").Token} Token */

const AFTER_ADDRESS = ".,;:!?'»…"; // ends the sentence rather than the address

export class Parser {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.tokens = tokensOf(text);
    this.ahead = new LookAhead(text, this.tokens);
    this.codes = new OpenCodes(text, this.ahead);
    this.position = 0; // everything before has been read
    this.lineStart = 0; // where the current line begins
  }

  /** @returns {Node[]} */
  run() {
    for (const token of this.tokens) {
      if (token.start < this.position) continue; // inside of what has been read as a whole
      this.codes.top.addText(this.text.slice(this.position, token.start));
      this.position = token.end;
      this[token.kind](token);
    }
    this.codes.top.addText(this.text.slice(this.position));
    return this.codes.end();
  }

  indent() {
    this.codes.top.add({ node: "indent" });
  }

  /** @param {Token} token */
  tag(token) {
    const { name, rest } = token;
    if (token.isClosing) return this.close(token);
    if (name === "br" && !rest) return this.newline(token);
    if (name === "code" && !rest) return this.code(token);
    const node = singleNode(name, rest);
    if (node) this.codes.top.add(node);
    else this.open(token);
  }

  /** @param {Token} token */
  code(token) {
    const end = this.ahead.endOfCode(token.end);
    if (!end) return this.codes.top.addText(token.text);
    this.codes.top.add({ node: "code", text: this.text.slice(token.end, end.start) });
    this.position = end.end;
  }

  /** @param {Token} token */
  open({ name, rest, text, end }) {
    const make = this.ahead.closingOf(name) > 0 ? opened(name, rest) : null;
    const isIgnored = this.codes.isDeep || (INTERACTIVE.has(name) && this.codes.interactive > 0);
    if (!make || (isIgnored && !this.codes.hasClosingToSpare(name))) return this.codes.top.addText(text);
    if (isIgnored) return this.ahead.swallow(name);
    this.codes.push(name, text, end, make);
  }

  /** @param {Token} token */
  close({ name, rest, text, start }) {
    if (this.ahead.passClosing(name)) return;
    const depth = this.codes.depthOf(name);
    if (depth === undefined || rest) return this.codes.top.addText(text);
    this.codes.endCrossedTo(depth, start);
    this.codes.finishTop(start, text);
  }

  /** @param {Token} token */
  newline({ start, end }) {
    this.lineStart = end;
    const depth = this.codes.depthOfQuote(LINES);
    if (depth !== undefined && !this.text.startsWith(LINES, end)) this.codes.finishQuote(depth, start);
    else this.codes.top.add({ node: "break" });
  }

  /** @param {Token} token */
  quote({ start, end, text }) {
    const isOpen = this.codes.depthOfQuote(LINES) !== undefined;
    if (start !== this.lineStart || (this.codes.isDeep && !isOpen)) this.codes.top.addText(text);
    else if (!isOpen) this.codes.push(LINES, text, end, (children) => quoteOf(children));
  }

  /** @param {Token} token */
  dashes(token) {
    if (!this.ahead.takeDashRow(token.start)) return this.codes.top.addText(token.text);
    const depth = this.codes.depthOfQuote(DASHES);
    if (depth !== undefined) {
      this.codes.finishQuote(depth, token.start);
      this.skipNewline();
    } else if (this.ahead.hasDashRows() && !this.codes.isDeep) {
      this.openDashes(token);
    } else {
      this.codes.top.addText(token.text);
    }
  }

  /** @param {Token} token */
  openDashes(token) {
    QUOTE_HEAD.lastIndex = token.end;
    const head = QUOTE_HEAD.exec(this.text);
    const author = trimmed(head?.groups?.author ?? "");
    const date = trimmed(head?.groups?.date ?? "");
    this.position = head ? QUOTE_HEAD.lastIndex : token.end;
    this.skipNewline();
    const source = this.text.slice(token.start, this.position);
    this.codes.push(DASHES, source, this.position, (children) => {
      const body = children[children.length - 1]?.node === "break" ? children.slice(0, -1) : children;
      return quoteOf(body, author, date);
    });
  }

  /** Read over the line break right here: the row before it is not shown. */
  skipNewline() {
    const end = breakAt(this.text, this.position);
    if (end !== undefined) this.position = this.lineStart = end;
  }

  /** @param {Token} token */
  address({ text, start }) {
    // A bracket belongs to the address only if it was opened in it: .../Starling_(bird)
    const address = withoutEnd(text, text.includes("(") ? AFTER_ADDRESS : `${AFTER_ADDRESS})`);
    this.position = start + address.length;
    if (this.codes.interactive || SCHEME_ONLY.test(address)) this.codes.top.addText(address);
    else if (isPicture(address)) this.codes.top.add({ node: "image", address, size: "", is_bare: true });
    else this.codes.top.add({ node: "link", address, children: [textNode(address)], is_bare: true });
  }
}

/** @param {Node[]} children @returns {Node} */
function quoteOf(children, author = "", date = "") {
  return { node: "quote", children, author, date };
}

/** A text without these characters at its end. @param {string} text @param {string} characters */
function withoutEnd(text, characters) {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1])) end -= 1;
  return text.slice(0, end);
}
