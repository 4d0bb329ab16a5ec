// Keeps messages on their way in the browser's database, with their files, so that a reload loses nothing.

/** @typedef {import("../../state/outbox.js").Entry} Entry */

const NAME = "skvorets-outbox";
const STORE = "entries";

/**
 * The outbox of one person: another one who logs in here does not get it.
 * @param {number} personId
 */
export function outboxOf(personId) {
  return {
    /** @param {Entry} entry */
    keep: async (entry) => void (await request("readwrite", (store) => store.put({ ...entry, personId }))),
    /** @param {string} clientId */
    forget: async (clientId) => void (await request("readwrite", (store) => store.delete(clientId))),
    load: async () => {
      const all = /** @type {(Entry & { personId: number })[]} */ (await request("readonly", (store) => store.getAll()));
      return all.filter((one) => one.personId === personId);
    },
  };
}

/**
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest} ask
 * @returns {Promise<unknown>}
 */
async function request(mode, ask) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    const asked = ask(database.transaction(STORE, mode).objectStore(STORE));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "clientId" });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opening;
}
