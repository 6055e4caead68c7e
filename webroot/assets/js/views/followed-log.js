/** A task's log that is fetched and then followed, without gap or double. */
import { manager } from '../api.js';
import { contact, hear, onContact, topics } from '../bus.js';
import { every, loaded, untilGone } from '../loading.js';
import { LogLines } from '../model/log-lines.js';
import { ended } from '../status.js';
import { ref, shallowRef } from '../vue.js';

const PIECE_BYTES = 512 * 1024;
const MOST_BYTES = 32 * 1024 * 1024;
const LATECOMERS_MS = 1000;
/** A browser that is slower than a log may miss the last of it, and nothing later would tell. */
const LOOK_AGAIN_MS = 15_000;
const encoder = new TextEncoder();

/** The whole file as it is now, fetched in pieces. */
export async function wholeLog(id) {
  const pieces = [];
  let at = 0;
  for (;;) {
    const piece = await manager.log(id, at, PIECE_BYTES);
    pieces.push(piece.bytes);
    at += piece.bytes.length;
    if (piece.bytes.length === 0 || at >= piece.size) {
      return new Blob(pieces, { type: 'text/plain' });
    }
  }
}

/**
 * Follows the log of a task while the view is there.
 *
 * @param latest how many bytes from the end are wanted of a long file
 * @returns `log()`; `begun`, which counts up when the file begins anew; `version`, which counts up with each change of it; `whole`, the size of the file in bytes; `seams`,
 *     by the number of a line how many lines from there were fetched after contact was lost; and `fetched`, how far that is
 */
export function followedLog(id, { latest = MOST_BYTES } = {}) {
  let log = new LogLines();
  const version = ref(0);
  const whole = ref(0);
  const seams = shallowRef(new Map());
  const begun = ref(0);
  let fetching = null;

  async function toEnd() {
    if (begun.value === 0) {
      const { size } = await manager.log(id, 0, 1);
      log = new LogLines(Math.max(0, size - latest));
      begun.value++;
    }
    for (;;) {
      const piece = await manager.log(id, log.end, PIECE_BYTES);
      if (piece.size < log.end) {
        log = new LogLines();
        begun.value++;
        seams.value = new Map();
        continue;
      }
      log.add(piece.offset, piece.bytes);
      whole.value = piece.size;
      version.value++;
      if (log.end >= piece.size || piece.bytes.length === 0) {
        return true;
      }
    }
  }

  const fetched = loaded(() => {
    fetching = toEnd();
    return fetching;
  });

  async function grew(fact) {
    await fetching?.catch(() => {});
    if (log.add(fact.offset, encoder.encode(fact.text)) === null) {
      whole.value = Math.max(whole.value, log.end);
      version.value++;
    } else {
      await fetched.reload();
    }
  }

  async function catchUp() {
    const before = log.length;
    const known = begun.value > 0;
    await fetched.reload();
    if (known && contact.backAt !== null && log.length > before) {
      seams.value = new Map([...seams.value, [before, log.length - before]]);
    }
  }

  void fetched.reload();
  const latecomers = setTimeout(fetched.reload, LATECOMERS_MS);
  untilGone(
    () => clearTimeout(latecomers),
    onContact(catchUp),
    every(LOOK_AGAIN_MS, fetched.reload),
    hear(topics.taskLog(id), grew),
    hear(topics.taskStatus, (fact) => {
      if (fact.task_id === id && ended(fact.status)) {
        setTimeout(fetched.reload, LATECOMERS_MS);
      }
    }),
  );
  return { log: () => log, begun, version, whole, seams, fetched };
}
