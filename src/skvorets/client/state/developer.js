// What the developer's page knows besides deliveries: who looks, which applications there are, which rights.

import { call } from "../api.js";
import { signal } from "../ui.js";

/**
 * @typedef {{ id: number, kind: string, name: string, clientId: string, scopes: string[], handlerUrl: string,
 *   installUrl: string, isApiOnly: boolean, state: string, version: number, installedBy: string, limits: string,
 *   delivery: string, transport: string, waiting: number, dead: number, createdAt: number }} App
 * @typedef {{ name: string, ru: string, en: string }} Scope
 * @typedef {{ portal: string, clientId: string, memberId: string, applicationToken: string, signingKey: string }} Environment
 * @typedef {{ id: number, url: string, createdAt: number, expiresAt: number }} Inspector
 */

/** @type {import("../ui.js").Signal<import("../api.js").Session | null>} */
export const session = signal(null);
/** @type {import("../ui.js").Signal<App[] | null>} null = not loaded yet */
export const apps = signal(null);
/** @type {import("../ui.js").Signal<string[]>} names that can be chosen */
export const limits = signal([]);
/** @type {import("../ui.js").Signal<string[]>} */
export const policies = signal([]);
/** @type {import("../ui.js").Signal<Scope[]>} */
export const scopes = signal([]);
/** @type {import("../ui.js").Signal<Inspector[] | null>} */
export const inspectors = signal(null);
/** What was just done, told once: by the screen reader, too. */
export const note = signal({ text: "", isBad: false, number: 0 });

/** Load the applications and what can be chosen for them. */
export async function loadApps() {
  const listed = await call("GET", "/api/dev/applications");
  apps.value = listed.applications;
  limits.value = listed.limits;
  policies.value = listed.policies;
}

/** Load the rights that there are. */
export async function loadScopes() {
  if (scopes.value.length === 0) scopes.value = await call("GET", "/api/dev/scopes");
}

/** Load the person's inspectors. */
export async function loadInspectors() {
  inspectors.value = await call("GET", "/api/dev/inspectors");
}

/**
 * @param {string} text
 * @param {boolean} [isBad]
 */
export function tell(text, isBad = false) {
  note.value = { text, isBad, number: note.value.number + 1 };
}

/**
 * The lines of a file `.env`; what is unknown is left out.
 * @param {Environment} environment
 * @param {string} [clientSecret]
 */
export function envText(environment, clientSecret = "") {
  const named = {
    SKVORETS_PORTAL: environment.portal,
    SKVORETS_CLIENT_ID: environment.clientId,
    SKVORETS_CLIENT_SECRET: clientSecret,
    SKVORETS_APPLICATION_TOKEN: environment.applicationToken,
    SKVORETS_SIGNING_KEY: environment.signingKey,
    SKVORETS_MEMBER_ID: environment.memberId,
  };
  return Object.entries(named).filter(([, value]) => value).map(([name, value]) => `${name}=${value}\n`).join("");
}
