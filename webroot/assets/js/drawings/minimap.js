/** The whole log at a glance: lengths of lines, warnings, errors, matches, and what is in view. */
import { h } from '../vue.js';

const WIDTH = 44;
const BINS = 180;
const LONGEST = 120;

/**
 * @param total how many lines there are; `lengthOf(number)` is the length of one
 * @param marks `{ warn, error, hits }`: numbers of lines
 * @param view `{ first, last }`
 */
export function minimap({ total, lengthOf, marks, view, label, go }) {
  const bins = Math.min(BINS, Math.max(1, total));
  const step = total / bins;
  const y = (number) => ((number / Math.max(1, total)) * BINS).toFixed(1);
  let lines = '';
  for (let bin = 0; bin < bins; bin++) {
    const width = Math.max(2, Math.min(1, lengthOf(Math.floor(bin * step)) / LONGEST) * (WIDTH - 8));
    lines += `M4 ${y(bin * step)}h${width.toFixed(0)}`;
  }
  const bars = (numbers) => [...new Set(numbers.map(y))].map((at) => `M2 ${at}h${WIDTH - 4}`).join('');
  const clicked = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    go(Math.floor(((event.clientY - box.top) / box.height) * total));
  };
  return h('svg', { class: 'sheet minimap hide-phone', viewBox: `0 0 ${WIDTH} ${BINS}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label, onClick: clicked }, [
    h('path', { class: 'line-faint', d: lines }),
    h('path', { class: 'line-work', d: bars(marks.warn) }),
    h('path', { class: 'line-stop', d: bars(marks.error) }),
    h('path', { class: 'line-accent', d: bars(marks.hits) }),
    h('rect', { class: 'minimap-view', x: 1, width: WIDTH - 2, y: y(view.first), height: Math.max(2, y(view.last) - y(view.first)) }),
  ]);
}
