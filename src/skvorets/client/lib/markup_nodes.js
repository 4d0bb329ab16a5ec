// The tree of a message's text, the same as the server's: core/markup_nodes.py says what each node means.

/**
 * @typedef {{ node: "text", text: string }} Text
 * @typedef {{ node: "break" }} Break
 * @typedef {{ node: "indent" }} Indent
 * @typedef {{ node: "styled", style: "b" | "i" | "u" | "s" | "size" | "color", children: Node[], value: string }} Styled
 * @typedef {{ node: "link", address: string, children: Node[], is_bare: boolean }} Link
 * @typedef {{ node: "mention", person_id: number | null, children: Node[] }} Mention null: everybody
 * @typedef {{ node: "chatlink", dialog: string, children: Node[] }} ChatLink
 * @typedef {{ node: "messagelink", dialog: string, message_id: number, children: Node[] }} MessageLink
 * @typedef {{ node: "call", number: string, children: Node[] }} Call
 * @typedef {{ node: "send", text: string, children: Node[] }} Send
 * @typedef {{ node: "put", text: string, children: Node[] }} Put
 * @typedef {{ node: "icon", address: string, width: number | null, height: number | null, title: string }} Icon
 * @typedef {{ node: "image", address: string, size: "" | "small" | "medium" | "large", is_bare: boolean }} Image
 * @typedef {{ node: "quote", children: Node[], author: string, date: string }} Quote
 * @typedef {{ node: "code", text: string }} Code
 * @typedef {{ node: "timestamp", seconds: number, format: string }} Timestamp
 * @typedef {{ node: "diskfile", file_id: string }} DiskFile
 * @typedef {{ node: "mark", kind: "like" | "dislike" | "rating" | "attach", value: number }} Mark
 * @typedef {Text | Break | Indent | Styled | Link | Mention | ChatLink | MessageLink | Call | Send | Put | Icon | Image
 *   | Quote | Code | Timestamp | DiskFile | Mark} Node
 *
 * Makes the node at the closing tag from the parsed children and the raw text between the tags; null: it stays text.
 * @typedef {(children: Node[], raw: string) => Node | null} Make
 */

/**
 * @param {string} text
 * @returns {Text}
 */
export function textNode(text) {
  return { node: "text", text };
}
