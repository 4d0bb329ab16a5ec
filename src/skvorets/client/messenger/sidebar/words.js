// Words of the list of conversations.

export const sidebarWords = {
  ru: {
    new_chat: "Новый чат",
  },
  en: {
    new_chat: "New chat",
  },
};
