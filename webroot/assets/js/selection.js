/** Which entries of a list are selected. It is kept by id on this browser, and survives filtering, sorting and reloading. */
import { computed, shallowRef } from './vue.js';

export function selection(name) {
  const key = `selected-${name}`;
  const chosen = shallowRef(new Set(JSON.parse(localStorage.getItem(key) ?? '[]')));
  let last = null;

  function set(ids) {
    chosen.value = new Set(ids);
    if (chosen.value.size === 0) {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, JSON.stringify([...chosen.value]));
    }
  }
  return {
    size: computed(() => chosen.value.size),
    has: (id) => chosen.value.has(id),
    set,
    clear: () => set([]),
    /** Selects or lets go one entry; with `range` all of `order` from the one before it. */
    toggle(id, { range = false, order = [] } = {}) {
      const wanted = !chosen.value.has(id);
      const places = [order.indexOf(last), order.indexOf(id)].sort((a, b) => a - b);
      const ids = range && places[0] >= 0 ? order.slice(places[0], places[1] + 1) : [id];
      last = id;
      const after = new Set(chosen.value);
      ids.forEach((other) => (wanted ? after.add(other) : after.delete(other)));
      set(after);
    },
    /** Lets go what is no longer there. */
    keep(known) {
      if ([...chosen.value].some((id) => !known(id))) {
        set([...chosen.value].filter(known));
      }
    },
  };
}
