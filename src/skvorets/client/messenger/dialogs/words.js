// Words of the shell's dialogs.

export const dialogWords = {
  ru: {
    help: "Сочетания клавиш",
  },
  en: {
    help: "Keyboard shortcuts",
  },
};
