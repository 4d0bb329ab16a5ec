// Shows messages that a test gives, and notes what their contents ask the page around to do.

import { speak } from "/client/i18n.js";
import { Lightbox } from "/client/rich/lightbox.js";
import { MessageContent } from "/client/rich/content.js";
import { menuItems } from "/client/rich/menu.js";
import { richWords } from "/client/rich/words.js";
import { html, render } from "/client/ui.js";

const PEOPLE = { 5: "Марта", 7: "Anna Ivanova" };
const page = document.getElementById("page");
/** What was asked for: [name, ...arguments]. */
const done = [];
let fails = false;
let shown = [];
let context = {};
let viewer;

const acts = ["send", "put", "call", "openPerson", "openChat", "openDialog", "openMessage", "openLink", "openChatApp", "copy",
  "openLivechat", "openHelp"];

function everything(more) {
  return {
    me: 7,
    nameOf: (id) => PEOPLE[id] ?? "",
    ...Object.fromEntries(acts.map((name) => [name, (...given) => void done.push([name, ...given])])),
    openImage: (address, label, all) => {
      done.push(["openImage", address, label]);
      viewer = { images: all ?? [{ address, label }], at: Math.max(0, (all ?? []).findIndex((one) => one.address === address)) };
      draw();
    },
    command: async (pressed) => {
      done.push(["command", pressed]);
      if (fails) throw new Error("refused");
    },
    ...more,
  };
}

function draw() {
  const close = () => {
    viewer = undefined;
    draw();
  };
  render(html`${shown.map((message) => html`<div key=${message.id} class=${message.authorId === 7 ? "bubble is-mine" : "bubble"}>
    <${MessageContent} message=${message} context=${context} /></div>`)}
    ${viewer && html`<${Lightbox} ...${viewer} onClose=${close} />`}`, page);
}

const message = (given, index) => ({ id: index + 1, authorId: 5, text: "", params: {}, files: [], replyTo: null, forwarded: null,
  isDeleted: false, isSystem: false, editedAt: 0, ...given });

window.gallery = {
  done,
  show(messages, { more = {}, lacks = [], refuses = false, language = "en" } = {}) {
    speak(language, richWords);
    fails = refuses;
    context = everything(more);
    for (const name of lacks) delete context[name];
    shown = messages.map(message);
    draw();
  },
  menu: (params) => menuItems(params, context, 1).map(({ run, ...item }) => item),
  pick: (params, at) => menuItems(params, context, 1)[at].run(),
};
document.documentElement.dataset.ready = "yes";
