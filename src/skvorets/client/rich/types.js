// What the contents of a message are made of, and what the page around does when something in them is clicked.

/**
 * All functions may be absent: what would call them is then shown and cannot be clicked.
 * @typedef {object} Context
 * @property {number} [me] the reader
 * @property {(text: string) => unknown} [send] as the reader's message
 * @property {(text: string) => unknown} [put] into the input field
 * @property {(number: string) => unknown} [call]
 * @property {(id: number) => unknown} [openPerson]
 * @property {(id: number) => unknown} [openChat]
 * @property {(dialogId: string) => unknown} [openDialog] a person's id, `chat5`, `imol|789`
 * @property {(messageId: number, chatId: number) => unknown} [openMessage] chat 0 = look it up
 * @property {(address: string, label: string, all?: Shown[]) => unknown} [openImage] `all`: its neighbours, itself included
 * @property {(address: string) => unknown} [openLink] instead of the browser's own way
 * @property {(appId: number, params: string, messageId: number) => unknown} [openChatApp]
 * @property {(text: string) => unknown} [copy]
 * @property {(value: string) => unknown} [openLivechat]
 * @property {(value: string) => unknown} [openHelp]
 * @property {(pressed: Pressed) => Promise<unknown>} [command] a rejected promise unlocks the keyboard at once
 * @property {(personId: number) => string} [nameOf]
 * @property {readonly string[]} [highlight] words found by a search
 * @property {"desktop" | "mobile"} [device] desktop unless told
 *
 * @typedef {{ messageId: number, command: string, params: string, botId: number, context: "KEYBOARD" | "MENU" }} Pressed
 * @typedef {{ address: string, label: string, downloadUrl?: string, width?: number, height?: number }} Shown a picture
 *
 * @typedef {{ id: number, name: string, size: number, type: string, mediaType: string, width: number, height: number,
 *   url: string, previewUrl: string, downloadUrl: string }} File
 * @typedef {{ id: number, chatId: number, authorId: number, text: string, files: number, isDeleted: boolean }} Quoted
 * @typedef {{ id: number, authorId: number, text: string, params: Record<string, any>, files: File[],
 *   replyTo?: Quoted | null, forwarded?: Quoted | null, isDeleted: boolean, isSystem?: boolean }} Message
 */

export {};
