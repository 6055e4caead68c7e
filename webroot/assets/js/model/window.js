/** Arithmetic of long lists: which rows are worth drawing, and where a list stays when its order changes. */

/** Which rows are in view, and a few around them: `first` is drawn, `last` is the first that is not. */
export function windowOf(scrollTop, height, rowHeight, total, spare = 8) {
  const first = Math.max(0, Math.min(total, Math.floor(scrollTop / rowHeight)) - spare);
  const last = Math.min(total, Math.max(0, Math.ceil((scrollTop + height) / rowHeight)) + spare);
  return { first: Math.min(first, last), last };
}

/** How many entries came, went or moved between two orders of ids. */
export function changesOfOrder(shown, fresh) {
  const place = new Map(fresh.map((id, index) => [id, index]));
  const kept = shown.filter((id) => place.has(id));
  const gone = shown.length - kept.length;
  const come = fresh.length - kept.length;
  let moved = 0;
  let highest = -1;
  for (const id of kept) {
    if (place.get(id) < highest) {
      moved++;
    }
    highest = Math.max(highest, place.get(id));
  }
  return gone + come + moved;
}
