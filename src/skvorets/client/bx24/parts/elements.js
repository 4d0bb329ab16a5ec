// The helpers that programs of the time before modules expect: events, scripts, functions with an object.

/** @type {WeakMap<object, Map<any, Function>>} */
const proxies = new WeakMap();
/** @type {any[]} */
const contexts = [];

Object.assign(library, {
  /**
   * @param {EventTarget} element
   * @param {string} event
   * @param {EventListener} listener
   */
  bind: (element, event, listener) => element.addEventListener(event, listener),
  /**
   * @param {EventTarget} element
   * @param {string} event
   * @param {EventListener} listener
   */
  unbind: (element, event, listener) => element.removeEventListener(event, listener),

  /**
   * The function called as a method of the object; the same pair always gives the same function.
   * @param {Function} original
   * @param {any} object
   */
  proxy(original, object) {
    const known = proxies.get(original) ?? new Map();
    proxies.set(original, known);
    if (!known.has(object)) {
      known.set(object, function (/** @type {any[]} */ ...args) {
        // @ts-expect-error: whatever it is called on
        contexts.push(this);
        try {
          return original.apply(object, args);
        } finally {
          contexts.pop();
        }
      });
    }
    return known.get(object);
  },
  /** Inside of such a function: what it was really called on. */
  proxyContext: () => contexts.at(-1) ?? null,

  /**
   * Load scripts one after another.
   * @param {string | string[]} addresses
   * @param {() => void} [callback]
   */
  async loadScript(addresses, callback) {
    for (const address of [addresses].flat()) {
      const script = Object.assign(document.createElement("script"), { src: address, async: false });
      await new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => reject(new Error(`${address} cannot be loaded`));
        document.head.append(script);
      });
    }
    callback?.();
  },
});
