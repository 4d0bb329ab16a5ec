// The words of the button; those of the window are loaded with it, in one language.

const BUTTON = {
  ru: { open: "Открыть чат", close: "Закрыть чат" },
  en: { open: "Open the chat", close: "Close the chat" },
};

/** @param {"ru" | "en"} language */
export function buttonWords(language) {
  return BUTTON[language];
}
