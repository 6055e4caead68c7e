/** The order of work of a job, drawn in layers from left to right. */
import { countsOf } from '../model/deltas.js';
import { look } from '../status.js';
import { h } from '../vue.js';
import { count, listOf, say, statusWord } from '../words/words.js';

const BOX = { width: 184, height: 44, gapX: 40, gapY: 14 };
const WORST = ['failed', 'soft-failed', 'active', 'cancel-requested', 'claimed-by-manager', 'paused', 'queued', 'under-construction', 'canceled', 'completed'];
const LONGEST_NAME = 23;

/** More boxes than this say nothing any more, and are slow. */
const MOST_BOXES = 200;

/**
 * @param steps the boxes and arrows of `orderOfWork`
 * @param find the task of an id as it is now
 */
export function orderGraph({ boxes, arrows }, find, chosen, choose) {
  if (boxes.length > MOST_BOXES) {
    return h('p', { class: 'panel-body quiet' }, say('job.orderTooLarge', { n: boxes.length }));
  }
  const layers = Map.groupBy(boxes, (box) => box.layer);
  const tallest = Math.max(...[...layers.values()].map((layer) => layer.length));
  const height = tallest * (BOX.height + BOX.gapY) - BOX.gapY + 4;
  const places = new Map();
  for (const [layer, list] of layers) {
    const own = list.length * (BOX.height + BOX.gapY) - BOX.gapY;
    list.forEach((box, index) => places.set(box.key, { x: 2 + layer * (BOX.width + BOX.gapX), y: (height - own) / 2 + index * (BOX.height + BOX.gapY) }));
  }
  const width = layers.size * (BOX.width + BOX.gapX) - BOX.gapX + 4;
  const steps = listOf(boxes.map((box) => `${title(box)}`));
  return h('div', { class: 'panel-body graph', role: 'group', tabindex: 0, 'aria-label': say('job.order') }, [
    h('svg', { viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': say('job.orderLabel', { steps }) }, [
      h('path', { class: 'line-rest', d: arrows.map(([from, to]) => curve(places.get(from), places.get(to))).join('') }),
      ...boxes.map((box) => node(box, places.get(box.key), box.tasks.some((task) => task.id === chosen), find, choose)),
    ]),
  ]);
}

const title = (box) => (box.tasks.length === 1 ? short(box.tasks[0].name) : `${count(box.tasks.length)} × ${short(box.tasks[0].task_type)}`);
const short = (name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name);

function curve(from, to) {
  const x1 = from.x + BOX.width;
  const y1 = from.y + BOX.height / 2;
  const y2 = to.y + BOX.height / 2;
  const middle = (x1 + to.x) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${to.x - 1} ${y2}m-5 -4l5 4l-5 4`;
}

function node(box, { x, y }, chosen, find, choose) {
  const numbers = countsOf(box.tasks.map((task) => find(task.id) ?? task));
  const worst = WORST.find((status) => numbers.has(status)) ?? 'queued';
  const counts = box.tasks.length === 1
    ? statusWord(worst)
    : WORST.toReversed().filter((status) => numbers.has(status)).slice(0, 2).map((status) => `${count(numbers.get(status))} ${statusWord(status).toLowerCase()}`).join(', ');
  const open = () => choose(box.tasks.find((task) => find(task.id)?.status === worst) ?? box.tasks[0]);
  const key = (event) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open();
    }
  };
  return h('g', { key: box.key, class: 'node-box', role: 'button', tabindex: 0, 'aria-pressed': String(chosen), onClick: open, onKeydown: key }, [
    h('rect', { class: chosen ? 'node node-on' : 'node', x, y, width: BOX.width, height: BOX.height, rx: 4 }),
    h('path', { class: `fill-${look(worst).family}`, d: `M${x} ${y + 4}a4 4 0 0 1 4 -4v${BOX.height}a4 4 0 0 1 -4 -4z` }),
    h('text', [h('tspan', { class: 'strong', x: x + 12, y: y + 18 }, title(box)), ' ', h('tspan', { x: x + 12, y: y + 34 }, short(counts))]),
  ]);
}
