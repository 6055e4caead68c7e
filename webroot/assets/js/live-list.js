/**
 * A list that follows the farm: fetched once, then changed row by row. It is painted at most four times a second, and
 * its order stays as it is while somebody points at it.
 */
import { computed, reactive, shallowRef } from './vue.js';
import { foundOnReturn } from './bus.js';
import { changesOfOrder } from './model/window.js';

const PAINT_MS = 250;
const FLASH_MS = 1600;
const FLASH_AGAIN_MS = 5000;
const LET_GO_MS = 2000;
/** An answer may have been on its way for this long; what was heard since then is newer than the answer. */
const ANSWER_AGE_MS = 1000;

/** The order of ids; what other orders end with, so that every order is total. */
export const byId = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/**
 * @param compare how entries are ordered
 * @returns `rows` in the order shown, `total`, `pending` (changes of order not shown yet), and what changes them
 */
export function liveList(compare) {
  let entries = new Map();
  let shown = [];
  let held = false;
  let painting = null;
  let leaving = null;
  let unsorted = true;
  let fresh = [];
  let heard = [];
  const flashed = new Map();
  const rows = shallowRef([]);
  const state = reactive({ pending: 0 });

  function paint() {
    painting = null;
    if (unsorted) {
      fresh = [...entries.values()].sort(compare).map((entry) => entry.id);
      unsorted = false;
    }
    state.pending = held && shown !== fresh ? changesOfOrder(shown, fresh) : 0;
    if (!held) {
      shown = fresh;
    }
    rows.value = shown.filter((id) => entries.has(id)).map((id) => entries.get(id));
  }

  const later = () => { painting ??= setTimeout(paint, PAINT_MS); };

  function replace(id, entry, after) {
    entries.set(id, after);
    unsorted ||= compare(entry, after) !== 0;
    later();
  }

  function remember(id, change) {
    const now = Date.now();
    if (heard.length > 0 && heard[0].at < now - ANSWER_AGE_MS) {
      heard = heard.filter(({ at }) => at >= now - ANSWER_AGE_MS);
    }
    heard.push({ at: now, id, change });
  }

  function hearAgain() {
    const since = Date.now() - ANSWER_AGE_MS;
    for (const { id, change } of heard.filter(({ at }) => at >= since)) {
      if (change === null) {
        entries.delete(id);
      } else if (entries.has(id)) {
        entries.set(id, change(entries.get(id)));
      }
    }
  }

  function flash(id) {
    const now = Date.now();
    if (now - (flashed.get(id) ?? 0) > FLASH_AGAIN_MS) {
      flashed.set(id, now);
    }
  }

  return {
    rows,
    total: computed(() => rows.value.length),
    pending: computed(() => state.pending),
    /** Takes the whole list anew; what differs from before counts as caught up. */
    set(list) {
      const before = entries;
      foundOnReturn(() => (before.size === 0 ? 0 : list.filter((entry) => JSON.stringify(before.get(entry.id)) !== JSON.stringify(entry)).length));
      entries = new Map(list.map((entry) => [entry.id, entry]));
      hearAgain();
      unsorted = true;
      paint();
    },
    /** Adds entries that are not there yet. */
    add(list) {
      list.filter((entry) => !entries.has(entry.id)).forEach((entry) => entries.set(entry.id, entry));
      unsorted = true;
      paint();
    },
    find: (id) => entries.get(id),
    /** Changes every entry that `change` answers with another one. */
    changeAll(change) {
      for (const [id, entry] of entries) {
        const after = change(entry);
        if (after !== entry) {
          remember(id, change);
          replace(id, entry, after);
        }
      }
    },
    /** Changes one entry and shows that it changed; false when it is not in the list. */
    change(id, change) {
      const entry = entries.get(id);
      if (entry === undefined) {
        return false;
      }
      const after = change(entry);
      remember(id, change);
      if (after.status !== entry.status) {
        flash(id);
      }
      replace(id, entry, after);
      return true;
    },
    /** Takes out an entry that is gone. */
    remove(id) {
      remember(id, null);
      if (entries.delete(id)) {
        unsorted = true;
        later();
      }
    },
    flashing: (id) => Date.now() - (flashed.get(id) ?? 0) < FLASH_MS,
    /** Somebody points at the list or works in it: its order stays. */
    hold() {
      clearTimeout(leaving);
      held = true;
    },
    /** Nobody does any more: two seconds later the order is brought up to date. */
    release() {
      clearTimeout(leaving);
      leaving = setTimeout(() => {
        held = false;
        paint();
      }, LET_GO_MS);
    },
    /** Brings the order up to date at once. */
    settle() {
      const before = held;
      held = false;
      paint();
      held = before;
    },
    /** Says that entries are to be ordered in another way from now on. */
    reorder() {
      unsorted = true;
      this.settle();
    },
  };
}
