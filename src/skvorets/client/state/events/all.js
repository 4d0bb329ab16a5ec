// Which event changes what. A kind that is not here is none of the messenger's business.

import { dialogChanged, dialogRead, draftChanged, typingStarted } from "./dialog.js";
import { lineSession } from "./lines.js";
import { chatChanged, membersJoined, membersLeft } from "./members.js";
import { messageAdded } from "./message_added.js";
import { messageChanged, messageDeleted, messageLiked } from "./message_changed.js";
import { notificationAdded, notificationsDeleted, notificationsRead } from "./notifications.js";
import { personStatus, personUpdated, settingsChanged } from "./people.js";

/** @type {Record<string, (data: any) => unknown>} */
const HANDLERS = {
  "message.added": messageAdded,
  "message.changed": messageChanged,
  "message.deleted": messageDeleted,
  "message.liked": messageLiked,
  "members.joined": membersJoined,
  "members.left": membersLeft,
  "chat.changed": chatChanged,
  "dialog.read": dialogRead,
  "dialog.changed": dialogChanged,
  "draft.changed": draftChanged,
  "typing.started": typingStarted,
  "line.session": lineSession,
  "notification.added": notificationAdded,
  "notification.read": notificationsRead,
  "notification.deleted": notificationsDeleted,
  "person.status": personStatus,
  "person.updated": personUpdated,
  "settings.changed": settingsChanged,
};

/**
 * @param {{ type: string, data: unknown }} event
 */
export async function handle(event) {
  try {
    await HANDLERS[event.type]?.(event.data);
  } catch (error) {
    // What could not be loaded now is loaded when it is looked at; one event must not stop the others.
    console.warn(event.type, error);
  }
}
