// What a person's card says besides: loaded when it is looked at, kept while the page lives.

import { call } from "../api.js";
import { take } from "./directory.js";
import { Keyed } from "./keyed.js";

/** @typedef {import("../shapes.js").ContactView} Contact */

/** @type {Keyed<Contact>} */
export const cards = new Keyed();

/** @param {number} personId */
export async function loadCard(personId) {
  const answer = await call("GET", `/api/people/${personId}`);
  take({ people: [answer.contact.person, ...answer.people], chats: answer.chats });
  cards.set(personId, answer.contact);
}
