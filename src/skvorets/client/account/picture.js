// A photo of the person's choice, made small enough to be sent: phones take pictures of many megabytes.

/** Pixels of a side: what the server keeps at most. */
const MOST = 1024;
const QUALITY = 0.9;

/**
 * The picture as a data: address. What the browser cannot draw is sent as it is: the server says what is wrong with it.
 * @param {File} file
 * @returns {Promise<string>}
 */
export async function pictureOf(file) {
  const drawn = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (drawn === null) return dataOf(file);
  const scale = Math.min(1, MOST / Math.max(drawn.width, drawn.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(drawn.width * scale));
  canvas.height = Math.max(1, Math.round(drawn.height * scale));
  canvas.getContext("2d")?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
  drawn.close();
  return canvas.toDataURL(file.type === "image/jpeg" ? "image/jpeg" : "image/png", QUALITY);
}

/**
 * @param {Blob} file
 * @returns {Promise<string>}
 */
function dataOf(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
