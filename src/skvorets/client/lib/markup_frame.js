// One open code of the parser of message text: what it has collected so far. The same as core/markup_frame.py.

import { textNode } from "./markup_nodes.js";

/** @typedef {import("./markup_nodes.js").Node} Node */
/** @typedef {import("./markup_nodes.js").Make} Make */

export class Frame {
  /**
   * @param {string} name
   * @param {string} source its tag as written, to be shown again if the code is never closed
   * @param {number} contentsAt where the text behind the tag begins
   * @param {Make | null} make
   */
  constructor(name, source, contentsAt, make) {
    this.name = name;
    this.source = source;
    this.contentsAt = contentsAt;
    this.make = make;
    /** @type {Node[]} */
    this.nodes = [];
    /** @type {string[]} text not yet in the nodes */
    this.words = [];
  }

  /** Take text as it is. @param {string} text */
  addText(text) {
    if (text) this.words.push(text);
  }

  /** Take a node. @param {Node} node */
  add(node) {
    if (node.node === "text") {
      this.words.push(node.text);
      return;
    }
    this.endText();
    this.nodes.push(node);
  }

  /** Take nodes; neighbouring pieces of text become one. @param {Node[]} nodes */
  addAll(nodes) {
    for (const node of nodes) this.add(node);
  }

  /** What was collected, in order. */
  children() {
    this.endText();
    return this.nodes;
  }

  endText() {
    if (this.words.length === 0) return;
    this.nodes.push(textNode(this.words.join("")));
    this.words = [];
  }
}
