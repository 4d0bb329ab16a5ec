// Files on their way to the server: they are sent as they are, one after the other with the texts.

export class Files {
  /** @type {Map<string, { file: File, cancel: () => void }>} */
  #sending = new Map();
  #talk;

  /** @param {import("./talk.js").Talk} talk */
  constructor(talk) {
    this.#talk = talk;
  }

  /**
   * Send a file. @param {File} file @param {string} [preview] address of a picture, shown while it is sent
   */
  add(file, preview) {
    const { parts, outbox } = this.#talk;
    const clientId = parts.newId();
    const upload = { name: file.name || "file", size: file.size, type: file.type, share: 0, preview };
    this.#sending.set(clientId, { file, cancel: () => {} });
    const isTooLarge = file.size > (this.#talk.line?.maxFileBytes || Infinity); // spares the way
    outbox.add({ clientId, text: "", replyTo: null, at: parts.now(), upload,
      ...(isTooLarge ? { state: "failed", reason: "too_large" } : { state: "waiting" }) });
  }

  /** @param {string} clientId @returns {Promise<import("./types.js").Message>} */
  async post(clientId) {
    const kept = this.#sending.get(clientId);
    const pending = this.#talk.outbox.items.find((one) => one.clientId === clientId);
    if (!kept || !pending?.upload) throw new Error(clientId);
    const { upload } = pending;
    let shown = 0;
    const sending = this.#talk.parts.sendFile(kept.file, { name: upload.name, clientId }, (share) => {
      if (share - shown < 0.02 && share < 1) return; // not for every packet
      shown = share;
      this.#talk.outbox.change(clientId, { upload: { ...upload, share } });
    });
    kept.cancel = sending.cancel;
    const message = await sending.done;
    this.#sending.delete(clientId);
    return message;
  }

  /** Give it up, whether it waits or is under way. @param {string} clientId */
  cancel(clientId) {
    this.#sending.get(clientId)?.cancel();
    this.#sending.delete(clientId);
    this.#talk.outbox.drop(clientId);
  }
}
