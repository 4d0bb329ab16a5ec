// members.joined, members.left, chat.changed: a chat is another one now.

import { chats, knowPeople, loadChat, myId } from "../directory.js";
import { knownTimeline } from "../timelines.js";

/** @param {{ chat_id: number, person_ids: number[] }} data */
export async function membersJoined(data) {
  if (data.person_ids.includes(myId.peek())) knownTimeline(data.chat_id)?.forget();
  await Promise.all([loadChat(data.chat_id), knowPeople(data.person_ids.slice(0, 50))]);
}

/** @param {{ chat_id: number, person_ids: number[] }} data */
export async function membersLeft(data) {
  const kind = chats.peek(data.chat_id)?.kind;
  if (!data.person_ids.includes(myId.peek())) await loadChat(data.chat_id);
  // Who serves a line may read its chats without being there.
  else if (kind === "open" || kind === "line") await loadChat(data.chat_id);
  else chats.delete(data.chat_id);
}

/** @param {{ chat_id: number }} data */
export async function chatChanged(data) {
  await loadChat(data.chat_id);
}
