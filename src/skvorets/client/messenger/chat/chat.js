// The open chat: head, messages, field.

import { t } from "../../i18n.js";
import { chats, knowChat } from "../../state/directory.js";
import { canWrite } from "../../state/messages.js";
import { learnPlaces } from "../../state/places.js";
import { readAll } from "../../state/reading.js";
import { html, useEffect, useMemo, useState } from "../../ui.js";
import { Composer } from "../composer/composer.js";
import { useKey } from "../keys.js";
import { LineBar } from "../lines/bar.js";
import { LineStrip } from "../lines/strip.js";
import { Empty } from "../parts/empty.js";
import { attempt } from "../parts/toast.js";
import { ClosedBar } from "./closed_bar.js";
import { Desk } from "./desk.js";
import { useDrop } from "./drop_zone.js";
import { ChatHeader } from "./header.js";
import { open } from "./opening.js";
import { noteShown } from "./shown.js";
import { Timeline } from "./timeline.js";
import { reply } from "./actions.js";

/** @param {{ chatId: number, messageId: number, turn: number }} props `turn` grows when the same message is asked for again */
export function Chat({ chatId, messageId, turn }) {
  const [isGone, setGone] = useState(false);
  const desk = useMemo(() => new Desk(chatId), [chatId]);
  const chat = chats.get(chatId);
  const isOpen = canWrite(chatId);
  const { handlers, veil } = useDrop(desk, isOpen);
  useEffect(() => {
    knowChat(chatId).then((found) => setGone(!found), () => undefined);
    const forget = noteShown(desk);
    return () => {
      forget();
      desk.leave();
    };
  }, [desk]);
  useEffect(() => void open(desk, messageId), [desk, messageId, turn]);
  useEffect(() => {
    if (chat?.dialogId) learnPlaces(chatId, chat.dialogId);
  }, [chat?.dialogId]);
  useChatKeys(desk);
  if (isGone && !chat) return html`<${Empty} icon="search-x" title=${t("chat.gone")} hint=${t("chat.gone.hint")} />`;
  return html`<section class="chat-frame" ...${handlers}>
    <${ChatHeader} chatId=${chatId} />
    ${chat?.line && html`<${LineStrip} chat=${chat} />`}
    <${Timeline} desk=${desk} />
    ${chat?.line && html`<${LineBar} chat=${chat} />`}
    ${chat && (isOpen ? html`<${Composer} key=${chatId} desk=${desk} />` : !chat.line && html`<${ClosedBar} chat=${chat} />`)}
    ${veil}
  </section>`;
}

/** @param {Desk} desk */
function useChatKeys(desk) {
  useKey("read_all", () => {
    desk.timeline.dividerId.value = 0;
    if (chats.peek(desk.chatId)?.mine.isMember) void attempt(() => readAll(desk.chatId));
    void desk.toEnd().then(() => desk.focusField());
  });
  useKey("reply_last", () => {
    const last = desk.timeline.messages.peek().findLast((one) => !one.isSystem && !one.isDeleted);
    if (!last || desk.composing.text.peek()) return false;
    return reply(desk, last);
  });
}
