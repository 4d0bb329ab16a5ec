// What the server's widget dialect says and takes (dialects/widget/views.py), and what a send that is under way is.

/**
 * @typedef {{ code: string, name: string, description: string, avatar: string, color: string, side: "left" | "right",
 *   isOpen: boolean, awayText: string, welcomeText: string, asksName: boolean, asksEmail: boolean, asksRating: boolean,
 *   language: string, maxFileBytes: number }} LineLooks
 * @typedef {{ id: number, name: string, avatar: string, isBot: boolean, position: string }} PersonLook
 * @typedef {{ id: number, status: "new" | "waiting" | "bot" | "operator" | "rating" | "closed", asksRating: boolean,
 *   vote: number }} SessionLook
 * @typedef {{ id: number, name: string, email: string, isBlocked: boolean }} VisitorView
 * @typedef {{ id: number, name: string, size: number, type: string, width: number, height: number, url: string,
 *   previewUrl: string, downloadUrl: string }} File
 * @typedef {{ id: number, author: "me" | "operator" | "bot" | "system", authorId: number, text: string,
 *   files: number, isDeleted: boolean }} Quoted
 * @typedef {{ id: number, seq: number, author: "me" | "operator" | "bot" | "system", authorId: number, createdAt: number,
 *   editedAt: number | null, isDeleted: boolean, text: string, params: Record<string, any>, files: File[],
 *   likes: number, isLiked: boolean, replyTo: Quoted | null, clientId: string | null }} Message
 * @typedef {{ line: LineLooks, visitor: VisitorView | null, operator: PersonLook | null, session: SessionLook | null,
 *   unread: number }} Hello
 * @typedef {{ messages: Message[], people: Record<string, PersonLook>, hasMore: boolean, readId: number, seenId: number
 *   }} Slice
 *
 * @typedef {{ name: string, size: number, type: string, share: number, preview?: string }} Upload share: sent, 0..1
 * @typedef {{ clientId: string, text: string, replyTo: Quoted | null, at: number, state: "waiting" | "failed",
 *   reason?: string, upload?: Upload }} Pending
 *
 * @typedef {{ verb: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: unknown }} Request
 * @typedef {(verb: Request["verb"], path: string, body?: unknown) => Promise<any>} Call
 * @typedef {{ done: Promise<any>, cancel: () => void }} Sending
 * @typedef {(file: Blob, query: { name: string, clientId: string }, tell: (share: number) => void) => Sending} SendFile
 * @typedef {{ get: (name: string) => any, set: (name: string, value: unknown) => void }} Memory null forgets
 * @typedef {{ start: () => void, stop: () => void, wake: () => void, readonly isLive: boolean }} Push
 * @typedef {{ url: string, title: string }} Page
 * @typedef {{ call: Call, sendFile: SendFile, memory: Memory, newId: () => string, now: () => number,
 *   later: (ms: number, run: () => void) => () => void, code: string,
 *   openPush: (listeners: { onEvent: (event: { type: string, data: any }) => void, onReset: () => void,
 *     onState: () => void, onLoggedOut: () => void }) => Push }} Parts
 */

export {};
