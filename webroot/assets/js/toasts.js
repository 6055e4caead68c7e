/** What was just done, for ten seconds, with the way back; and what could not be done. */
import { shallowReactive } from './vue.js';

const SHOWN_MS = 10_000;

/** `{ key, text, undo, failed }`, newest last. */
export const toasts = shallowReactive([]);

let number = 0;

/** Shows a text; `undo` is what takes it back, if anything does. */
export function toast(text, { undo = null, failed = false } = {}) {
  const entry = { key: number++, text, undo, failed };
  toasts.push(entry);
  setTimeout(() => dismiss(entry), SHOWN_MS);
}

export function dismiss(entry) {
  const place = toasts.indexOf(entry);
  if (place >= 0) {
    toasts.splice(place, 1);
  }
}

/** Takes the latest back that can be. */
export function undoLatest() {
  const entry = toasts.findLast(({ undo }) => undo !== null);
  if (!entry) {
    return false;
  }
  dismiss(entry);
  void entry.undo();
  return true;
}
