// Every shortcut of the messenger: one table, which the help shows, too. Keys are named by their place on the keyboard
// (KeyboardEvent.code), so that they work whatever language it writes. `Mod` is Ctrl, on a Mac ⌘.

/**
 * @typedef {{ id: string, group: "everywhere" | "chats" | "messages" | "writing" | "lines", combos: string[] }} Shortcut
 */

/** @type {Shortcut[]} */
export const SHORTCUTS = [
  { id: "switcher", group: "everywhere", combos: ["Mod+KeyK"] },
  { id: "search_here", group: "everywhere", combos: ["Mod+KeyF"] },
  { id: "search_all", group: "everywhere", combos: ["Mod+Shift+KeyF"] },
  { id: "notifications", group: "everywhere", combos: ["Mod+Shift+KeyM"] },
  { id: "next_region", group: "everywhere", combos: ["F6", "Mod+F6"] },
  { id: "previous_region", group: "everywhere", combos: ["Shift+F6"] },
  { id: "help", group: "everywhere", combos: ["Mod+Slash", "Shift+Slash"] },
  { id: "next_chat", group: "chats", combos: ["Alt+ArrowDown"] },
  { id: "previous_chat", group: "chats", combos: ["Alt+ArrowUp"] },
  { id: "next_unread", group: "chats", combos: ["Alt+Shift+ArrowDown"] },
  { id: "previous_unread", group: "chats", combos: ["Alt+Shift+ArrowUp"] },
  { id: "read_all", group: "chats", combos: ["Escape"] },
  { id: "info", group: "chats", combos: ["Mod+Shift+KeyI"] },
  { id: "message_menu", group: "messages", combos: ["Shift+F10", "KeyI"] },
  { id: "reply", group: "messages", combos: ["KeyR"] },
  { id: "reply_last", group: "messages", combos: ["Shift+ArrowUp"] },
  { id: "quote", group: "messages", combos: ["Shift+Period"] },
  { id: "forward", group: "messages", combos: ["KeyF"] },
  { id: "like", group: "messages", combos: ["Shift+Equal", "Mod+Shift+Backslash"] },
  { id: "unread_from", group: "messages", combos: ["Shift+KeyU"] },
  { id: "readers", group: "messages", combos: ["Shift+KeyV"] },
  { id: "delete", group: "messages", combos: ["Delete"] },
  { id: "send", group: "writing", combos: ["Enter"] },
  { id: "new_line", group: "writing", combos: ["Shift+Enter"] },
  { id: "edit_last", group: "writing", combos: ["ArrowUp"] },
  { id: "bold", group: "writing", combos: ["Mod+KeyB"] },
  { id: "italic", group: "writing", combos: ["Mod+KeyI"] },
  { id: "underline", group: "writing", combos: ["Mod+Shift+KeyU"] },
  { id: "strike", group: "writing", combos: ["Mod+Shift+KeyS"] },
  { id: "attach", group: "writing", combos: ["Mod+KeyU"] },
  { id: "line_take", group: "lines", combos: ["Alt+Shift+KeyT"] },
  { id: "line_skip", group: "lines", combos: ["Alt+Shift+KeyN"] },
  { id: "line_transfer", group: "lines", combos: ["Alt+Shift+KeyR"] },
  { id: "line_finish", group: "lines", combos: ["Alt+Shift+KeyE"] },
  { id: "line_whisper", group: "lines", combos: ["Alt+Shift+KeyW"] },
  { id: "line_answers", group: "lines", combos: ["Alt+Shift+KeyA"] },
];
