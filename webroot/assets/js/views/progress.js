/** Drawings of a job's tasks, one path per status. */
import { h } from '../parts.js';
import { look } from '../status.js';

const order = ['completed', 'active', 'soft-failed', 'failed', 'cancel-requested'];

/** How many of all tasks are in which state, as one bar. */
export function countsBar(tasks) {
  let x = 0;
  const parts = order.filter((status) => tasks.by_status?.[status]).map((status) => {
    const width = (100 * tasks.by_status[status]) / Math.max(1, tasks.total);
    const path = h('path', { class: `fill-${look(status).family}`, d: `M${x} 0h${width}v10h${-width}z` });
    x += width;
    return path;
  });
  const done = tasks.by_status?.completed ?? 0;
  return h('div', { class: 'meter', role: 'img', 'aria-label': `${done} / ${tasks.total}` }, [
    h('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, parts),
  ]);
}

const CELL = 14;
const STEP = 16;
const COLUMNS = 60;

const marks = {
  completed: (x, y) => `M${x} ${y}h${CELL}v${CELL}h-${CELL}z`,
  failed: (x, y) => `M${x - 1} ${y - 1}h${CELL + 2}v${CELL + 2}h-${CELL + 2}z`,
  'soft-failed': (x, y) => `M${x} ${y}v${CELL}h${CELL}z`,
  canceled: (x, y) => `M${x + 4} ${y + 4}h6v6h-6z`,
};
const outline = (x, y) => `M${x + 0.5} ${y + 0.5}h${CELL - 1}v${CELL - 1}h-${CELL - 1}z`;

/** All tasks in their order: full squares are done, what is at work is filled from below. */
export function taskGrid(tasks, label) {
  const full = new Map();
  let hollow = '';
  let working = '';
  tasks.forEach((task, index) => {
    const x = (index % COLUMNS) * STEP + 1;
    const y = Math.floor(index / COLUMNS) * STEP + 1;
    const mark = marks[task.status];
    if (mark) {
      const { family } = look(task.status);
      full.set(family, (full.get(family) ?? '') + mark(x, y));
      return;
    }
    hollow += outline(x, y);
    if (task.status === 'active') {
      const height = Math.max(2, (CELL * (task.task_progress_percentage ?? 0)) / 100);
      working += `M${x} ${y + CELL - height}h${CELL}v${height}h-${CELL}z`;
    }
  });
  const rows = Math.max(1, Math.ceil(tasks.length / COLUMNS));
  const width = Math.min(COLUMNS, Math.max(tasks.length, 20)) * STEP + 2;
  return h('div', { class: 'grid-box', role: 'img', 'aria-label': label }, [
    h('svg', { viewBox: `0 0 ${width} ${rows * STEP + 2}`, 'aria-hidden': 'true' }, [
      h('path', { class: 'line-rest', d: hollow }),
      h('path', { class: 'fill-glow', d: working }),
      ...[...full].map(([family, d]) => h('path', { class: `fill-${family}`, d })),
    ]),
  ]);
}
