// Parameters as they are sent: PHP forms, fields of pages and files by what they hold.

/**
 * Write parameters as a PHP form: a[b][0]=c.
 * @param {Record<string, any>} params
 */
function formOf(params) {
  /** @type {string[]} */
  const pairs = [];
  Object.entries(params).forEach(([name, value]) => addPairs(pairs, name, value));
  return pairs.join("&");
}

/**
 * @param {string[]} pairs
 * @param {string} name
 * @param {any} value
 */
function addPairs(pairs, name, value) {
  if (value === undefined || typeof value === "function") return;
  const parts = value !== null && typeof value === "object" && !(value instanceof Date) ? Object.entries(value) : null;
  if (parts?.length) {
    parts.forEach(([key, part]) => addPairs(pairs, `${name}[${key}]`, part));
    return;
  }
  const text = parts || value === null ? "" : value instanceof Date ? value.toISOString() : plainText(value);
  pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
}

/** @param {any} value */
function plainText(value) {
  return typeof value === "boolean" ? String(Number(value)) : String(value);
}

/**
 * Put what form fields hold in their place; files as [name, base64].
 * @param {any} value
 * @returns {Promise<any>}
 */
async function withElements(value) {
  if (value instanceof HTMLInputElement && value.type === "file") {
    const files = await Promise.all([...(value.files ?? [])].map(encodedFile));
    return value.multiple ? files : files[0];
  }
  if (value instanceof HTMLElement) return /** @type {HTMLInputElement} */ (value).value;
  if (Array.isArray(value)) return Promise.all(value.map(withElements));
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  const parts = await Promise.all(Object.entries(value).map(async ([key, part]) => [key, await withElements(part)]));
  return Object.fromEntries(parts);
}

/**
 * @param {File} file
 * @returns {Promise<[string, string]>}
 */
async function encodedFile(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return [file.name, String(url).split(",")[1] ?? ""];
}
