// How many wait, where people look without opening the page: the tab's title and picture, the app's icon.

const ICON = "/client/icons/starling.svg";
const SIDE = 64;
const LARGEST = 99;
const PREFIX = /^\(\d+\+?\) /;

let count = 0;

/**
 * Show how many unread messages there are; 0 takes the mark away.
 * @param {number} unread
 */
export function setBadge(unread) {
  if (unread === count) return;
  const hadDot = count > 0;
  count = unread;
  setTitle(document.title);
  if (hadDot !== count > 0) void draw();
  // Not everywhere, and refused where the app is not installed.
  const told = count ? navigator.setAppBadge?.(count) : navigator.clearAppBadge?.();
  told?.catch(() => {});
}

/**
 * Name the page; the number stays before the name.
 * @param {string} title
 */
export function setTitle(title) {
  const name = title.replace(PREFIX, "");
  document.title = count ? `(${count > LARGEST ? `${LARGEST}+` : count}) ${name}` : name;
}

async function draw() {
  const link = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=icon]"));
  if (!link) return;
  const address = count ? await dotted() : ICON;
  // Meanwhile all may have been read.
  link.href = count ? address : ICON;
}

/** @type {Promise<string> | null} */
let drawing = null;

/** The icon with a dot, drawn once. */
function dotted() {
  drawing ??= (async () => {
    const picture = new Image(SIDE, SIDE);
    picture.src = ICON;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = SIDE;
    const pen = canvas.getContext("2d");
    if (!pen) return ICON;
    pen.drawImage(picture, 0, 0, SIDE, SIDE);
    const middle = SIDE * 0.74;
    for (const [radius, color] of /** @type {[number, string][]} */ ([[0.26, "#16324f"], [0.21, "#ff5a4f"]])) {
      pen.beginPath();
      pen.arc(middle, SIDE - middle, SIDE * radius, 0, 2 * Math.PI);
      pen.fillStyle = color;
      pen.fill();
    }
    return canvas.toDataURL("image/png");
  })();
  return drawing.catch(() => ICON);
}
