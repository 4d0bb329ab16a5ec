// Canned answers: which ones fit what is looked for, and what comes into the field.

import { folded, rank } from "./fuzzy.js";

/** Answers that are shown at once. */
const MOST = 50;

/**
 * Those that fit, titles before texts; all when nothing is looked for.
 * @template {{ title: string, text: string }} T
 * @param {T[]} answers
 * @param {string} words
 * @returns {T[]}
 */
export function fittingAnswers(answers, words) {
  const wanted = folded(words.trim());
  if (!wanted) return answers.slice(0, MOST);
  return answers.map((one) => ({ one, rank: 2 * rank(folded(one.title), wanted) || Number(folded(one.text).includes(wanted)) }))
    .filter((each) => each.rank > 0).sort((a, b) => b.rank - a.rank).slice(0, MOST).map((each) => each.one);
}

/**
 * The text for this customer.
 * @param {string} text
 * @param {string} name of the customer
 */
export function filledAnswer(text, name) {
  return text.replaceAll("{name}", () => name);
}
