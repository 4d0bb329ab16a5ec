// Choosing who comes into a line's queue: an employee, or a department with everybody in it.

import { call } from "../api.js";
import { attempt, Dialog } from "../dev/parts.js";
import { t } from "../i18n.js";
import { Icon } from "../icon.js";
import { tell } from "../state/developer.js";
import { html, useEffect, useState } from "../ui.js";
import { PickPerson } from "./pick.js";

/** @typedef {import("../shapes.js").QueuePlace} Place */
/** @typedef {import("../shapes.js").DepartmentLine} Department */

/** @param {{ kind: "person" | "department", queue: Place[], onPick: (one: Place) => void, onClose: () => void }} props */
export function PickPlace({ kind, queue, onPick, onClose }) {
  if (kind === "department") return html`<${PickDepartment} queue=${queue} onPick=${onPick} onClose=${onClose} />`;
  /** @param {import("../shapes.js").PersonLine} one */
  async function pick(one) {
    if (one.isOutside) {
      tell(t("lines.not_outside"), true);
      return undefined;
    }
    onPick({ personId: one.id, departmentId: 0, name: one.name, note: one.position, avatar: one.avatar, people: 1 });
    return true;
  }
  return html`<${PickPerson} title=${t("lines.add_person")} without=${queue.map((one) => one.personId)} onPick=${pick} onClose=${onClose} />`;
}

/** @param {{ queue: Place[], onPick: (one: Place) => void, onClose: () => void }} props */
function PickDepartment({ queue, onPick, onClose }) {
  const [found, setFound] = useState(/** @type {Department[] | null} */ (null));
  useEffect(() => {
    attempt(() => call("GET", "/api/admin/departments")).then((all) => setFound(all ?? []));
  }, []);
  const shown = (found ?? []).filter((one) => !queue.some((place) => place.departmentId === one.id));
  /** @param {Department} one */
  function pick(one) {
    onPick({ personId: 0, departmentId: one.id, name: one.name, note: "", avatar: "", people: one.people });
    onClose();
  }
  return html`<${Dialog} title=${t("lines.add_department")} onClose=${onClose}>
    ${found === null && html`<p class="loading" role="status">${t("loading")}</p>`}
    ${found && shown.length === 0 && html`<p class="hint">${t("lines.no_departments")}</p>`}
    <ul class="plain-list picks">${shown.map((one) => html`<li key=${one.id}><button type="button" class="pick" onClick=${() => pick(one)}>
      <span class="face" aria-hidden="true"><${Icon} name="users" /></span><span class="who"><strong>${one.name}</strong>
        <small>${t("departments.people", { count: one.people })}</small></span></button></li>`)}</ul>
  <//>`;
}
