/** The one question that may be open: whether something is to be done that cannot be taken back. */
import { shallowRef } from './vue.js';

/** `{ title, text, button, answer }`, or null. */
export const question = shallowRef(null);

/** Asks, and answers whether to go on. */
export function confirmed({ title, text, button }) {
  return new Promise((resolve) => {
    question.value = {
      title, text, button,
      answer(yes) {
        question.value = null;
        resolve(yes);
      },
    };
  });
}
