// What waits in my lines is not told to who is not asked: it is looked up from time to time.

import { inBackground } from "../../state/background.js";
import { REFRESH, loadLines, myLines } from "../../state/lines.js";
import { connection } from "../../state/sync.js";

/** Begin; the page does it once. */
export function watchLines() {
  setInterval(() => {
    if (connection.peek() !== "live" || document.hidden || myLines.peek().length === 0) return;
    inBackground(loadLines());
  }, REFRESH);
}
