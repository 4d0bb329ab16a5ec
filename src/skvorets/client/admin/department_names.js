// What the departments are called: asked for by each page that shows them.

import { call } from "../api.js";
import { signal } from "../ui.js";

/** @type {import("../ui.js").Signal<Record<number, string>>} names of departments */
export const departmentNames = signal({});

/** Learn what the departments are called. */
export async function loadDepartments() {
  const found = /** @type {import("../shapes.js").DepartmentLine[]} */ (await call("GET", "/api/admin/departments"));
  departmentNames.value = Object.fromEntries(found.map((one) => [one.id, one.name]));
  return found;
}
