/** A job in one line, from what its counts tell: done, at work, will retry, failed, and what is not yet. */
import { look } from '../status.js';
import { h } from '../vue.js';

const ORDER = ['completed', 'active', 'soft-failed', 'failed', 'cancel-requested', 'canceled'];
const WIDTH = 480;

/** @param tasks `{ total, by_status }` */
export function countsStrip({ total, by_status: numbers = {} }, label) {
  let x = 0;
  const parts = ORDER.filter((status) => numbers[status] > 0).flatMap((status) => {
    const width = (WIDTH * numbers[status]) / Math.max(1, total);
    const from = x;
    x += width;
    return bar(status, from, width);
  });
  return h('svg', { class: 'strip', 'data-size': 'row', viewBox: `0 0 ${WIDTH} 12`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, parts);
}

function bar(status, x, width) {
  const right = (x + width).toFixed(1);
  const top = { active: 4.5, canceled: 6 }[status] ?? 0;
  const full = h('path', { class: `fill-${look(status).family}`, d: `M${x.toFixed(1)} ${top}H${right}V12H${x.toFixed(1)}z` });
  const cap = status === 'failed' ? h('path', { class: 'fill-ink', d: `M${x.toFixed(1)} 0H${right}V3H${x.toFixed(1)}z` }) : null;
  return [full, cap];
}
