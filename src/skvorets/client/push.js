// The connection of state/connection.js with what a browser has: WebSocket, the API, the network's and the page's state.

import { call } from "./api.js";
import { Connection } from "./state/connection.js";

/**
 * Make the connection of this page; `start(position)` begins.
 * @param {Pick<import("./state/connection.js").Parts, "onEvent" | "onReset" | "onState" | "onLoggedOut">} listeners
 */
export function makeConnection(listeners) {
  const connection = new Connection({
    openSocket,
    getTicket: () => call("POST", "/api/push/ticket"),
    // Not performance.now(), which stands still while the machine sleeps.
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
  // Out of the browser's memory of pages (bfcache) timers and sockets come back dead.
  addEventListener("pageshow", (event) => event.persisted && connection.wake());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && connection.wake());
  return connection;
}

/** @type {import("./state/connection.js").Parts["openSocket"]} */
function openSocket(path, query, { onMessage, onClose }) {
  const address = new URL(path, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = String(new URLSearchParams(Object.entries(query)));
  const socket = new WebSocket(address);
  socket.onmessage = (event) => onMessage(String(event.data));
  socket.onclose = onClose;
  return socket;
}
