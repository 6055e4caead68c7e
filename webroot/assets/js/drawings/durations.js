/** How long tasks ran, in their order: one mark a task, one path a status, and the middle as a dashed line. */
import { median, ticks } from '../model/durations.js';
import { narrow } from '../parts.js';
import { look } from '../status.js';
import { h } from '../vue.js';
import { length, say } from '../words/words.js';

const SIZE = { height: 190, left: 62, right: 8, top: 8, bottom: 8 };

/** About as many units as the drawing is wide on the screen, so that its text is about as large as any other. */
const WIDTH = { narrow: 340, wide: 880 };

/** How a task of that status is drawn around a point: a square is done, a cross failed, a triangle is tried again. */
const MARKS = {
  failed: { line: true, d: (x, y) => `M${x - 3} ${y - 3}l6 6m0 -6l-6 6` },
  'soft-failed': { d: (x, y) => `M${x - 3.5} ${y + 3}h7l-3.5 -6z` },
  usual: { d: (x, y) => `M${x - 2} ${y - 2}h4v4h-4z` },
};

/**
 * @param runs `{ seconds, status }` in the order of the tasks, all of one type
 * @param label what the drawing tells
 */
export function durationsPlot(runs, label) {
  const marks = ticks(Math.max(...runs.map(({ seconds }) => seconds)));
  const width = narrow.matches ? WIDTH.narrow : WIDTH.wide;
  const inner = { width: width - SIZE.left - SIZE.right, height: SIZE.height - SIZE.top - SIZE.bottom };
  const x = (index) => Math.round(10 * (SIZE.left + 6 + ((inner.width - 12) * index) / Math.max(1, runs.length - 1))) / 10;
  const y = (seconds) => Math.round(10 * (SIZE.top + inner.height * (1 - seconds / marks.at(-1)))) / 10;
  const paths = new Map();
  runs.forEach(({ status, seconds }, index) => {
    const mark = MARKS[status] ?? MARKS.usual;
    paths.set(status, (paths.get(status) ?? '') + mark.d(x(index), y(seconds)));
  });
  return h('svg', { class: 'durations', viewBox: `0 0 ${width} ${SIZE.height}`, role: 'img', 'aria-label': label }, [
    h('path', { class: 'line-faint', d: marks.map((seconds) => `M${SIZE.left} ${y(seconds)}H${width - SIZE.right}`).join('') }),
    ...marks.map((seconds) => h('text', { x: SIZE.left - 8, y: y(seconds) + 4, 'text-anchor': 'end' }, length(seconds))),
    h('path', { class: 'line-ink dash', d: `M${SIZE.left} ${y(median(runs))}H${width - SIZE.right}` }),
    ...[...paths].map(([status, d]) => h('path', { class: `${(MARKS[status] ?? MARKS.usual).line ? 'line' : 'fill'}-${look(status).family}`, d })),
  ]);
}

/** The mark of a status alone, for the legend. */
export const durationMark = (status) => {
  const mark = MARKS[status] ?? MARKS.usual;
  return h('svg', { class: 'durations-mark', viewBox: '0 0 10 10', 'aria-hidden': 'true' }, [h('path', { class: `${mark.line ? 'line' : 'fill'}-${look(status).family}`, d: mark.d(5, 5) })]);
};

/** What is said of a drawing of these runs. */
export const durationsLabel = (type, runs) => {
  const slowest = runs.reduce((worst, run) => (run.seconds > worst.seconds ? run : worst));
  return say('durations.label', { n: runs.length, type, middle: length(median(runs)), slowest: slowest.name, most: length(slowest.seconds) });
};
