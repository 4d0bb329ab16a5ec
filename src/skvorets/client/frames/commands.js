// What a frame may ask of the window around it: one function per documented command, from its parameters to the answer.
//
// A command for which the page has no function is not there. Source: spec bitrix24-imbot §13.4.

import { call } from "../api.js";
import { readPixels } from "./protocol.js";

/** @typedef {(params: any, callback: string) => unknown} Command */

/** The value of a command that is not answered now. */
export const SILENCE = Symbol("silence");

/**
 * The commands that this frame is answered.
 * @param {import("./host.js").AppFrame} host
 * @returns {Record<string, Command>}
 */
export function commandsOf(host) {
  const own = { ...portalCommands(host), ...windowCommands(host), ...placementCommands(host) };
  return { ...host.surroundings.placementCommands, ...own };
}

/**
 * What the server keeps.
 * @param {import("./host.js").AppFrame} host
 * @returns {Record<string, Command>}
 */
function portalCommands(host) {
  const { opened, surroundings } = host;
  const path = `/api/applications/${opened.applicationId}`;

  /**
   * @param {any} params
   * @param {boolean} isForAll
   */
  async function keep(params, isForAll) {
    const given = { name: String(params?.name ?? ""), value: params?.value ?? null, isForAll };
    const { options } = await call("PUT", `${path}/options`, given);
    opened.init[isForAll ? "APP_OPTIONS" : "USER_OPTIONS"] = options;
    return options;
  }

  return {
    getInitData: () => opened.init,
    async refreshAuth() {
      const { accessToken, refreshToken, expiresIn } = await call("POST", `${path}/tokens`);
      const tokens = { AUTH_ID: accessToken, REFRESH_ID: refreshToken, AUTH_EXPIRES: String(expiresIn) };
      Object.assign(opened.init, tokens);
      return tokens;
    },
    async setInstallFinish() {
      await call("POST", `${path}/installed`);
      surroundings.reload?.();
    },
    async setInstall() {
      await call("POST", `${path}/greeted`);
      opened.init.FIRST_RUN = false;
    },
    setAppOption: (params) => keep(params, true),
    setUserOption: (params) => keep(params, false),
    ...when(surroundings.openFrame, (open) => ({
      async openApplication(params) {
        const options = params ?? {};
        const isSetting = (/** @type {string} */ name) => name.startsWith("bx24_");
        const settings = Object.entries(options).filter(([name]) => isSetting(name));
        const next = await call("POST", `${path}/open`, { options });
        await open(next, Object.fromEntries(settings.map(([name, value]) => [name.slice("bx24_".length), value])));
      },
    })),
  };
}

/**
 * What the page shows.
 * @param {import("./host.js").AppFrame} host
 * @returns {Record<string, Command>}
 */
function windowCommands(host) {
  const { frame, surroundings: page } = host;
  const text = (/** @type {any} */ params, /** @type {string} */ name) => String(params?.[name] ?? "");
  return {
    resizeWindow(params) {
      const [width, height] = [readPixels(params?.width), readPixels(params?.height)];
      frame.style.width = width === null ? "100%" : `${width}px`;
      if (height !== null) frame.style.height = `${height}px`;
      return { width: frame.offsetWidth, height: frame.offsetHeight };
    },
    ...when(page.reload, (reload) => ({ reloadWindow: () => reload() })),
    ...when(page.setTitle, (setTitle) => ({ setTitle: (params) => setTitle(text(params, "title")) })),
    ...when(page.scroll, (scroll) => ({ setScroll: (params) => scroll(Number(params?.scroll) || 0) })),
    ...when(page.close, (close) => ({ closeApplication: () => close() })),
    ...when(page.openPath, (open) => ({ openPath: (params) => open(text(params, "path")) })),
    ...when(page.openDialog, (open) => ({ imOpenMessenger: (params) => open(text(params, "dialogId")) })),
    ...when(page.openHistory, (open) => ({ imOpenHistory: (params) => open(text(params, "dialogId")) })),
    ...when(page.call, (start) => ({ imCallTo: (params) => start(Number(params?.userId), Boolean(params?.video)) })),
    ...when(page.phone, (start) => ({ imPhoneTo: (params) => start(text(params, "phone")) })),
    ...when(page.selectUsers, (select) => ({ selectUser: (params) => select(Boolean(params?.mult)) })),
    ...when(page.selectAccess, (select) => ({ selectAccess: (params) => select([params?.value ?? []].flat().map(String)) })),
    ...when(page.selectCrm, (select) => ({ selectCRM: (params) => select(params) })),
    ...when(page.showSettings, (show) => ({ showAppForm: (params) => show(params) })),
  };
}

/**
 * What the place says of itself.
 * @param {import("./host.js").AppFrame} host
 * @returns {Record<string, Command>}
 */
function placementCommands(host) {
  const events = host.surroundings.placementEvents ?? [];
  return {
    getInterface: () => ({ command: Object.keys(host.surroundings.placementCommands ?? {}), event: events }),
    placementBindEvent(params, callback) {
      const event = String(params?.event ?? "");
      if (!events.includes(event)) throw new Error(`nothing is called ${event} here`);
      host.listeners.set(event, (host.listeners.get(event) ?? new Set()).add(callback));
      return SILENCE;
    },
  };
}

/**
 * @template {Function} F
 * @param {F | undefined} able what the page can do
 * @param {(able: F) => Record<string, Command>} commands
 * @returns {Record<string, Command>}
 */
function when(able, commands) {
  return able ? commands(able) : {};
}
