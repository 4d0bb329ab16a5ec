// What programs call: the object BX24.

/**
 * Settings that the portal keeps for the application, or for the person in it.
 * @param {string} command
 * @param {string} part of the init data
 */
function optionsOf(command, part) {
  return {
    /** @param {string} name */
    get: (name) => initData?.[part]?.[name],
    /**
     * @param {string} name
     * @param {any} value
     * @param {Callback} [callback]
     */
    set(name, value, callback) {
      afterInit(() => {
        tellParent(command, { name, value }, (answer) => {
          if (initData) initData[part] = { ...answer };
          callback?.(answer);
        });
      });
    },
  };
}

/**
 * A command for the window around whose answer goes to the last function among the arguments.
 * @param {string} command
 * @param {(...args: any[]) => any} paramsOf
 */
function parentCommand(command, paramsOf) {
  return (/** @type {any[]} */ ...args) => {
    const callback = args.find((one) => typeof one === "function");
    const given = args.filter((one) => typeof one !== "function");
    afterInit(() => tellParent(command, paramsOf(...given), callback));
  };
}

/**
 * @param {string} method
 * @returns {(event: string, handler: string, authType?: number | Callback, callback?: Callback) => XMLHttpRequest}
 */
function bindingCall(method) {
  return (event, handler, authType, callback) => {
    const [type, done] = typeof authType === "function" ? [undefined, authType] : [authType, callback];
    return callMethod(method, { event, handler, auth_type: type }, done);
  };
}

/** @param {any[]} args title, value and callback, of which only the last must be there */
function listAmong(args) {
  return args.find((one) => Array.isArray(one)) ?? [];
}

/** The size of what the frame shows. */
function scrollSize() {
  const { documentElement: root, body } = document;
  const height = Math.ceil(root.getBoundingClientRect().height) || body.scrollHeight;
  return { scrollWidth: Math.max(root.scrollWidth, body.scrollWidth), scrollHeight: Math.max(height, body.offsetHeight) };
}

const resizeWindow = parentCommand("resizeWindow", (width, height) => ({ width, height }));

/** @type {Array<() => void>} */
const firstRunHandlers = [];

function greetOnce() {
  if (!initData?.FIRST_RUN || firstRunHandlers.length === 0) return;
  initData.FIRST_RUN = false;
  firstRunHandlers.splice(0).forEach((each) => each());
  tellParent("setInstall", { install: true });
}

const library = {
  /** @param {Callback} [callback] */
  init(callback) {
    library.ready(() => {
      afterInit(() => {
        callback?.();
        greetOnce();
      });
    });
  },
  /** @param {() => void} callback called when the person opens the application for the first time */
  install(callback) {
    firstRunHandlers.push(callback);
    library.ready(() => afterInit(greetOnce));
  },
  installFinish: parentCommand("setInstallFinish", () => ({})),
  getAuth: currentAuth,
  refreshAuth: renewTokens,

  callMethod,
  callBatch,
  callBind: bindingCall("event.bind"),
  callUnbind: bindingCall("event.unbind"),

  appOption: optionsOf("setAppOption", "APP_OPTIONS"),
  userOption: optionsOf("setUserOption", "USER_OPTIONS"),

  selectUser: parentCommand("selectUser", () => ({ mult: false })),
  selectUsers: parentCommand("selectUser", () => ({ mult: true })),
  selectAccess: parentCommand("selectAccess", (...args) => ({ value: listAmong(args) })),
  selectCRM: parentCommand("selectCRM", (params) => params ?? {}),

  placement: {
    info() {
      return { placement: initData?.PLACEMENT ?? "DEFAULT", options: initData?.PLACEMENT_OPTIONS ?? {} };
    },
    /**
     * @param {string} command
     * @param {any} [params]
     * @param {Callback} [callback]
     */
    call(command, params, callback) {
      const [given, done] = typeof params === "function" ? [{}, params] : [params ?? {}, callback];
      afterInit(() => tellParent(command, given, done));
    },
    getInterface: parentCommand("getInterface", () => undefined),
    /**
     * @param {string} event
     * @param {Callback} callback
     */
    bindEvent(event, callback) {
      afterInit(() => tellParent("placementBindEvent", { event }, callback, true));
    },
  },

  im: {
    callTo: parentCommand("imCallTo", (userId, video) => ({ userId, video: Boolean(video ?? true) })),
    phoneTo: parentCommand("imPhoneTo", (phone) => ({ phone })),
    openMessenger: parentCommand("imOpenMessenger", (dialogId) => ({ dialogId: dialogId ?? "" })),
    openHistory: parentCommand("imOpenHistory", (dialogId) => ({ dialogId: dialogId ?? "" })),
  },

  resizeWindow,
  /** @param {Callback} [callback] */
  fitWindow: (callback) => resizeWindow("100%", scrollSize().scrollHeight, ...(callback ? [callback] : [])),
  reloadWindow: parentCommand("reloadWindow", () => ({})),
  setTitle: parentCommand("setTitle", (title) => ({ title: String(title) })),
  scrollParentWindow: parentCommand("setScroll", (scroll) => ({ scroll: Number(scroll) })),
  /**
   * @param {Record<string, any> | Callback} [params]
   * @param {Callback} [closed]
   * @param {Record<string, any>} [settings]
   */
  openApplication(params, closed, settings) {
    const done = typeof params === "function" ? /** @type {Callback} */ (params) : closed;
    const given = typeof params === "function" ? {} : params;
    const marked = Object.entries(settings ?? {}).map(([name, value]) => [`bx24_${name}`, value]);
    afterInit(() => tellParent("openApplication", { ...given, ...Object.fromEntries(marked) }, done));
  },
  closeApplication: parentCommand("closeApplication", () => ({})),
  openPath: parentCommand("openPath", (path) => ({ path: String(path) })),
  showAppForm: parentCommand("showAppForm", (params) => params ?? {}),

  isAdmin: () => Boolean(initData?.IS_ADMIN),
  getLang: () => initData?.LANG ?? opened.lang,
  getDomain: () => initData?.DOMAIN ?? opened.domain,
  getScrollSize: scrollSize,
  isReady: () => document.readyState !== "loading",
  /** @param {() => void} callback */
  ready(callback) {
    if (library.isReady()) callback();
    else document.addEventListener("DOMContentLoaded", callback, { once: true });
  },
};

/** @type {any} */ (window).BX24 = library;
