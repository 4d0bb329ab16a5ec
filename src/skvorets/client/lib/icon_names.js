// Names of icons as applications give them (Font Awesome 4), and the icons of our own set that mean the same.

/** @type {[icon: string, names: string][]} */
const SAME = [
  ["archive", "archive"], ["bell", "bell bell-o"], ["book-open", "book bookmark-o"], ["bookmark", "bookmark"],
  ["briefcase", "briefcase suitcase"], ["bug", "bug"], ["building-2", "building building-o university industry"], ["cake", "birthday-cake"],
  ["calculator", "calculator"], ["calendar", "calendar calendar-o calendar-check-o calendar-plus-o"], ["camera", "camera camera-retro"],
  ["chart-column", "bar-chart bar-chart-o line-chart area-chart pie-chart signal"],
  ["circle-check", "check-circle check-circle-o check-square check-square-o"], ["clock", "clock-o hourglass hourglass-o"],
  ["cloud", "cloud cloud-upload cloud-download"], ["code", "code terminal file-code-o"], ["coffee", "coffee"],
  ["coins", "money rub rouble ruble usd dollar eur euro btc bitcoin"], ["copy", "copy files-o clone"],
  ["credit-card", "credit-card credit-card-alt"], ["database", "database server hdd-o"], ["download", "download"],
  ["file", "file file-o"], ["file-text", "file-text file-text-o file-pdf-o file-word-o clipboard"],
  ["file-spreadsheet", "file-excel-o"], ["flag", "flag flag-o flag-checkered"], ["gift", "gift"], ["globe", "globe language"],
  ["graduation-cap", "graduation-cap mortar-board"], ["handshake", "handshake-o"], ["headphones", "headphones"],
  ["heart", "heart heart-o"], ["history", "history"], ["house", "home"], ["image", "image picture-o photo file-image-o"],
  ["inbox", "inbox"], ["info", "info info-circle"], ["key", "key"], ["layout-grid", "th th-large"], ["lightbulb", "lightbulb-o"],
  ["link", "link chain"], ["list-checks", "list list-alt list-ol list-ul tasks"], ["mail", "envelope envelope-o at"],
  ["map-pin", "map-marker map-pin map map-o location-arrow"], ["megaphone", "bullhorn"], ["menu", "bars navicon reorder"],
  ["message-circle", "comment comment-o commenting commenting-o"], ["message-square", "comments comments-o"], ["mic", "microphone"],
  ["monitor", "desktop laptop television"], ["moon", "moon-o"], ["newspaper", "newspaper-o rss"], ["package", "cube cubes archive-o dropbox"],
  ["palette", "paint-brush"], ["paperclip", "paperclip"], ["pencil", "pencil edit pencil-square pencil-square-o"],
  ["phone", "phone phone-square mobile mobile-phone"], ["plane", "plane paper-plane paper-plane-o"], ["plus", "plus plus-circle plus-square"],
  ["circle-question-mark", "question question-circle question-circle-o life-ring"], ["refresh-cw", "refresh repeat sync"],
  ["rocket", "rocket"], ["search", "search"], ["send", "send send-o"], ["settings", "cog cogs gear gears sliders"],
  ["share-2", "share-alt share"], ["shield", "shield lock unlock"], ["shopping-cart", "shopping-cart shopping-basket shopping-bag"],
  ["smile", "smile-o"], ["star", "star star-o magic"], ["sun", "sun-o"], ["table", "table"], ["tag", "tag tags"],
  ["thumbs-up", "thumbs-up thumbs-o-up"], ["ticket", "ticket"], ["trash-2", "trash trash-o"], ["truck", "truck car bus taxi"],
  ["user", "user user-o user-circle user-circle-o"], ["user-plus", "user-plus"], ["users", "users group"],
  ["video", "video-camera film youtube-play"], ["wallet", "google-wallet"], ["wrench", "wrench"], ["zap", "bolt flash"],
];

/** @type {Map<string, string>} */
const ICONS = new Map(SAME.flatMap(([icon, names]) => names.split(" ").map((name) => [name, icon])));

/**
 * The icon of our set for a name like `fa-cloud` or `fa fa-cloud`; undefined when none means that.
 * @param {string} name
 */
export function lucideOf(name) {
  for (const word of name.toLowerCase().split(/\s+/)) {
    const found = ICONS.get(word.replace(/^fa-/, ""));
    if (found) return found;
  }
  return undefined;
}

/** Every icon that a name can mean. */
export const ICON_NAMES = SAME.map(([icon]) => icon);
