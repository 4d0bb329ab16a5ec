// Sends a file to a chat, telling how far it is; fetch cannot tell that.

import { ApiError, forgeryToken } from "../../api.js";

/**
 * @param {number} chatId
 * @param {{ name: string, blob?: Blob }} file
 * @param {(part: number) => void} onProgress 0 … 1
 * @param {AbortSignal} cancel
 * @returns {Promise<{ id: number }>}
 */
export function upload(chatId, file, onProgress, cancel) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/chats/${chatId}/files?name=${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.setRequestHeader("X-CSRF-Token", forgeryToken());
    request.upload.onprogress = (event) => onProgress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status < 300) return resolve(request.response.file);
      const error = request.response?.error ?? {};
      return reject(new ApiError(request.status, error.code ?? "failure", error.message ?? ""));
    };
    request.onerror = () => reject(new ApiError(0, "offline", "The server cannot be reached."));
    request.onabort = () => reject(new ApiError(499, "cancelled", "Cancelled."));
    cancel.addEventListener("abort", () => request.abort());
    request.send(file.blob);
  });
}
