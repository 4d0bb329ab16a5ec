// What one can do with a member of a chat.

import { t } from "../../i18n.js";
import { calmName } from "../../lib/calm.js";
import { appoint, changeChat, removeMember } from "../../state/conversations.js";
import { showOverlay } from "../overlays.js";
import { Question } from "../parts/dialog.js";
import { openMenu } from "../parts/menu.js";
import { attempt } from "../parts/toast.js";
import { openDialogWith, openPerson } from "../router.js";

/**
 * @typedef {{ chat: import("../../state/directory.js").Chat, member: import("../../state/chat_contents.js").Member,
 *   person: import("../../state/directory.js").Person, changed: () => void }} Meant `changed`: the list is another one
 */

/**
 * @param {Meant} meant
 * @param {{ anchor?: Element, at?: import("../parts/popover.js").Point }} where
 */
export function openMemberMenu(meant, where) {
  const { person } = meant;
  openMenu({
    ...where, label: person.name,
    items: [
      { id: "write", icon: "message-circle", text: t("person.write"), run: () => void attempt(() => openDialogWith(person.id)) },
      { id: "card", icon: "user", text: t("person.card"), run: () => openPerson(person.id) },
      ...roles(meant), ...removal(meant),
    ],
  });
}

/** @param {Meant} meant @returns {import("../parts/menu.js").Item[]} */
function roles({ chat, member, person, changed }) {
  if (!chat.rights.canManage || person.kind === "bot") return [];
  const isManager = member.role === "manager";
  const set = () => attempt(async () => {
    await appoint(chat.id, person.id, !isManager);
    changed();
  });
  const give = () => void showOverlay(Question, {
    title: t("members.give?", { name: calmName(person.name) }), text: t("members.give.hint"), yes: t("members.give"),
    run: () => attempt(() => changeChat(chat.id, { ownerId: person.id })),
  });
  return [
    null,
    { id: "manager", icon: "user-cog", text: t(isManager ? "members.unappoint" : "members.appoint"), run: set },
    { id: "give", icon: "crown", text: t("members.give"), run: give },
  ];
}

/** @param {Meant} meant @returns {import("../parts/menu.js").Item[]} */
function removal({ chat, member, person, changed }) {
  if (!chat.rights.canRemove || member.role === "owner") return [];
  const ask = () => void showOverlay(Question, {
    title: t("members.remove?", { name: calmName(person.name) }), text: t("members.remove.hint"), yes: t("members.remove"), isDanger: true,
    run: () => attempt(async () => {
      await removeMember(chat.id, person.id);
      changed();
    }),
  });
  return [null, { id: "remove", icon: "user-minus", text: t("members.remove"), isDanger: true, run: ask }];
}
