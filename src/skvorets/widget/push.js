// The socket of the visitor's chat: the messenger's own connection, with tickets of the widget.

import { Connection } from "../client/state/connection.js";

/**
 * @param {import("./state/types.js").Call} call
 * @returns {import("./state/types.js").Parts["openPush"]}
 */
export function pushBy(call) {
  return (listeners) => {
    const connection = new Connection({
      openSocket,
      getTicket: async () => ({ address: "/push/ws", ...(await call("POST", "/ticket")) }),
      now: () => Date.now(),
      random: Math.random,
      later: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      ...listeners,
    });
    addEventListener("online", () => connection.wake());
    addEventListener("offline", () => connection.lose());
    addEventListener("pageshow", (event) => event.persisted && connection.wake());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.wake());
    return {
      start: () => connection.start(),
      stop: () => connection.stop(),
      wake: () => connection.wake(),
      get isLive() {
        return connection.state === "live";
      },
    };
  };
}

/** @type {import("../client/state/connection.js").Parts["openSocket"]} */
function openSocket(path, query, { onMessage, onClose }) {
  const address = new URL(path, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = String(new URLSearchParams(Object.entries(query)));
  const socket = new WebSocket(address);
  socket.onmessage = (event) => onMessage(String(event.data));
  socket.onclose = onClose;
  return socket;
}
