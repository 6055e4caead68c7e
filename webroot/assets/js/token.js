/** The API token that changes need. It is asked for when it is first needed, and forgotten when the browser is closed. */
import { shallowRef } from './vue.js';

const KEY = 'api-token';

/** What the page asks the reader now: `{ message, answer }`, or null. */
export const asked = shallowRef(null);

export const token = () => sessionStorage.getItem(KEY) ?? '';

/** Whether people log in here with a name and a password instead. */
export const logIn = { possible: false };

/**
 * Asks for the token, with what the role said about the last one.
 *
 * @returns whether the reader gave one
 */
export function askForToken(message) {
  return new Promise((resolve) => {
    asked.value = {
      message,
      answer(given) {
        asked.value = null;
        if (given !== null) {
          sessionStorage.setItem(KEY, given.trim());
        }
        resolve(given !== null);
      },
    };
  });
}
