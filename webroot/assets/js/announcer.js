/** The page's one live region: at most one message in ten seconds, summed up. */
import { ref } from './vue.js';
import { listOf, say } from './words/words.js';

const BETWEEN_MS = 10_000;

export const announcement = ref('');

let counts = {};
let waiting = null;

/** Something ended that a reader who does not see the page wants to know: `completed` or `failed`. */
export function announceTask(status) {
  if (status !== 'completed' && status !== 'failed') {
    return;
  }
  counts[status] = (counts[status] ?? 0) + 1;
  waiting ??= setTimeout(() => {
    announcement.value = listOf(Object.entries(counts).map(([kind, n]) => say(`announce.${kind}`, { n })));
    counts = {};
    waiting = null;
  }, BETWEEN_MS);
}
