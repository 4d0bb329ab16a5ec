// The tree of the company: departments with their heads and people.

import { call } from "../api.js";
import { knowPeople } from "./directory.js";

/** @typedef {import("../shapes.js").DepartmentView} Department */
/** @typedef {{ department: Department, depth: number, count: number }} Branch `count`: people here and below */

/** People who are asked for at once: the server's limit. */
const AT_ONCE = 200;

/** @returns {Promise<Department[]>} */
export async function loadDepartments() {
  return (await call("GET", "/api/departments")).departments;
}

/**
 * The departments as they are read from above: each one before those below it.
 * @param {Department[]} departments
 * @returns {Branch[]}
 */
export function branchesOf(departments) {
  const known = new Set(departments.map((one) => one.id));
  /** @type {Map<number, Department[]>} */
  const below = new Map();
  for (const one of departments) {
    const parent = known.has(one.parentId) && one.parentId !== one.id ? one.parentId : 0;
    below.set(parent, [...(below.get(parent) ?? []), one]);
  }
  /** @type {Branch[]} */
  const branches = [];
  /** @param {number} parent @param {number} depth @returns {Set<number>} everybody below */
  function walk(parent, depth) {
    const everybody = new Set();
    for (const department of below.get(parent) ?? []) {
      const branch = { department, depth, count: 0 };
      branches.push(branch);
      const there = new Set([...department.memberIds, ...walk(department.id, depth + 1)]);
      branch.count = there.size;
      there.forEach((id) => everybody.add(id));
    }
    return everybody;
  }
  walk(0, 0);
  return branches;
}

/**
 * People of a department, its head first.
 * @param {Department} department
 */
export function peopleOf({ headId, memberIds }) {
  return headId ? [headId, ...memberIds.filter((id) => id !== headId)] : memberIds;
}

/**
 * A department and those below it, with people of each, as many as can be shown.
 * @param {Branch[]} branches all of them
 * @param {Branch} top
 * @param {number} most
 * @returns {{ department: Department, ids: number[] }[]}
 */
export function groupsOf(branches, top, most) {
  const at = branches.indexOf(top);
  const behind = branches.slice(at + 1);
  const end = behind.findIndex((one) => one.depth <= top.depth);
  const groups = [];
  let left = most;
  for (const { department } of [top, ...(end < 0 ? behind : behind.slice(0, end))]) {
    const ids = peopleOf(department).slice(0, left);
    left -= ids.length;
    groups.push({ department, ids });
  }
  return groups;
}

/**
 * Learn who they are.
 * @param {number[]} ids
 */
export async function learn(ids) {
  for (let at = 0; at < ids.length; at += AT_ONCE) await knowPeople(ids.slice(at, at + AT_ONCE));
}
