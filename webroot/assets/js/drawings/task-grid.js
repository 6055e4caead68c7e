/** The task grid: all tasks of a job in their order, one path per status; only the chosen cell is an element of its own. */
import { CELL, STEP, cellAfter, cellAt, cellOf, layout, placeOf } from '../model/grid.js';
import { statuses } from '../status.js';
import { computed, h, nextTick, onMounted, onUnmounted, ref } from '../vue.js';
import { count, listOf, say, statusWord } from '../words/words.js';

const square = (x, y, inset = 0) => `M${x + inset} ${y + inset}h${CELL - 2 * inset}v${CELL - 2 * inset}h-${CELL - 2 * inset}z`;
const outline = (x, y) => square(x, y, 0.5);
const cross = (x, y) => `M${x + 4} ${y + 4}l6 6m0-6l-6 6`;

/** What is drawn for a status: `[class, path]` each. Shape repeats colour. */
const MARKS = {
  completed: (x, y) => [['fill-done', square(x, y)]],
  active: (x, y, percent) => [['fill-glow', fromBelow(x, y, percent)], ['line-work', outline(x, y)]],
  failed: (x, y) => [['fill-stop', square(x, y, -1)], ['line-surface', cross(x, y)]],
  'soft-failed': (x, y) => [['fill-heal', `M${x} ${y}v${CELL}h${CELL}z`], ['line-heal', outline(x, y)]],
  queued: (x, y) => [['line-rest', outline(x, y)]],
  'claimed-by-manager': (x, y) => [['line-rest', outline(x, y)], ['fill-rest', square(x, y, 5)]],
  'cancel-requested': (x, y) => [['line-leave', `${outline(x, y)}M${x + 4} ${y + 7}h6`]],
  canceled: (x, y) => [['fill-rest', square(x, y, 4)]],
  paused: (x, y) => [['line-rest', `${outline(x, y)}M${x + 5} ${y + 4}v6M${x + 9} ${y + 4}v6`]],
  'under-construction': (x, y) => [['line-rest dash', outline(x, y)]],
};

function fromBelow(x, y, percent) {
  const height = Math.max(1, (CELL * percent) / 100);
  return `M${x} ${(y + CELL - height).toFixed(1)}h${CELL}v${height.toFixed(1)}h-${CELL}z`;
}

/** The small drawing of a status for the legend. */
export const mark = (status) => h('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
  (MARKS[status] ?? MARKS.queued)(1, 1, 50).map(([kind, d]) => h('path', { class: kind, d })));

/** Remembers what was drawn, so that a change rebuilds only the paths it touches. */
class DrawnCells {
  constructor() {
    this.grid = null;
    this.tasks = [];
    this.kinds = new Map();
    this.joined = new Map();
  }

  /** `[class, path]` of all that is drawn. */
  paths(tasks, grid) {
    if (this.grid !== grid) {
      Object.assign(this, { grid, tasks: [], kinds: new Map(), joined: new Map() });
    }
    const changed = new Set();
    for (let cell = 0; cell < grid.cells; cell++) {
      if (this.differs(tasks, cell)) {
        this.redraw(tasks, cell, changed);
      }
    }
    this.tasks = tasks;
    changed.forEach((kind) => this.joined.set(kind, [...this.kinds.get(kind).values()].join('')));
    return [...this.joined];
  }

  differs(tasks, cell) {
    const from = cell * this.grid.perCell;
    for (let index = from; index < from + this.grid.perCell; index++) {
      if (tasks[index] !== this.tasks[index]) {
        return true;
      }
    }
    return false;
  }

  redraw(tasks, cell, changed) {
    for (const [kind, cells] of this.kinds) {
      if (cells.delete(cell)) {
        changed.add(kind);
      }
    }
    const own = tasks.slice(cell * this.grid.perCell, (cell + 1) * this.grid.perCell);
    const { x, y } = placeOf(cell, this.grid);
    const { status, percent } = own.length === 1 ? { status: own[0].status, percent: own[0].task_progress_percentage ?? 0 } : cellOf(own);
    for (const [kind, path] of (MARKS[status] ?? MARKS.queued)(x, y, percent)) {
      if (!this.kinds.has(kind)) {
        this.kinds.set(kind, new Map());
      }
      this.kinds.get(kind).set(cell, path);
      changed.add(kind);
    }
  }
}

export const TaskGrid = {
  props: {
    tasks: { type: Array, required: true },
    /** How many tasks have which status. */
    counts: { type: Map, required: true },
    /** The id of the chosen task. */
    chosen: { type: String, default: '' },
    /** What is written before a row. */
    rowLabel: { type: Function, required: true },
  },
  emits: ['choose', 'open'],
  setup(props, { emit }) {
    const box = ref(null);
    const width = ref(900);
    const grid = computed(() => layout(props.tasks.length, width.value));
    const cellsOf = (index) => props.tasks.slice(index * grid.value.perCell, (index + 1) * grid.value.perCell);
    const drawn = new DrawnCells();
    const chosenCell = computed(() => Math.floor(props.tasks.findIndex((task) => task.id === props.chosen) / grid.value.perCell));

    const paths = computed(() => drawn.paths(props.tasks, grid.value));
    const label = computed(() => {
      const counts = listOf(statuses.filter((status) => props.counts.has(status)).map((status) => `${count(props.counts.get(status))} ${statusWord(status).toLowerCase()}`));
      return say('job.gridLabel', { all: props.tasks.length, counts });
    });

    let observer = null;
    onMounted(() => {
      observer = new ResizeObserver(([entry]) => { width.value = entry.contentRect.width; });
      observer.observe(box.value);
    });
    onUnmounted(() => observer.disconnect());

    const choose = (index) => emit('choose', cellsOf(index)[0]);
    function clicked(event) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      const index = cellAt(event.clientX - left, event.clientY - top, grid.value);
      if (index !== null) {
        choose(index);
        void nextTick(() => box.value.querySelector('.grid-cell')?.focus({ preventScroll: true }));
      }
    }
    async function pressed(event) {
      if (event.key === 'Enter') {
        event.preventDefault();
        emit('open');
        return;
      }
      const from = Math.max(0, chosenCell.value);
      const to = cellAfter(event.key, from, grid.value);
      if (to !== from) {
        event.preventDefault();
        choose(to);
        await nextTick();
        box.value.querySelector('.grid-cell')?.focus();
      }
    }

    /** The one cell that is an element: it carries the focus and what a screen reader says. */
    function focusCell() {
      const index = Math.max(0, chosenCell.value);
      const { x, y } = placeOf(index, grid.value);
      const [task] = cellsOf(index);
      return h('div', { role: 'row' }, [h('button', {
        class: 'grid-cell', type: 'button', role: 'gridcell', 'aria-selected': String(chosenCell.value >= 0), 'aria-colindex': (index % grid.value.columns) + 1,
        'data-chosen': chosenCell.value >= 0 ? '' : undefined, 'aria-label': `${task.name}, ${statusWord(task.status)}`,
        style: { left: `${x - 3}px`, top: `${y - 3}px` }, onKeydown: pressed, onClick: () => choose(index),
      })]);
    }

    return () => {
      const { columns, rows, label: margin, perCell } = grid.value;
      const high = rows * STEP + 2;
      const wide = margin + Math.min(columns, grid.value.cells) * STEP + 2;
      return h('div', { class: 'grid-box', ref: box }, [
        h('svg', { width: wide, height: high, viewBox: `0 0 ${wide} ${high}`, role: 'img', 'aria-label': label.value, onClick: clicked }, [
          ...(margin > 0 ? Array.from({ length: rows }, (_, row) => h('text', { x: 0, y: row * STEP + 12 }, props.rowLabel(props.tasks[row * columns * perCell]))) : []),
          ...paths.value.map(([kind, d]) => h('path', { key: kind, class: kind, d })),
        ]),
        props.tasks.length > 0 ? h('div', { role: 'grid', 'aria-label': say('job.gridHelp'), 'aria-colcount': columns, 'aria-rowcount': rows }, [focusCell()]) : null,
      ]);
    };
  },
};
