/** Arithmetic of the task grid: where each task's cell is, and which cell is at a point. Cells are in drawing units. */

export const CELL = 14;
export const STEP = 16;
export const LABEL = 56;
const MOST_CELLS = 6000;

/** How a grid of that many tasks is laid out in that width: `{ columns, rows, perCell, cells, label }`. */
export function layout(total, width) {
  const label = width >= 480 ? LABEL : 0;
  const perCell = Math.max(1, Math.ceil(total / MOST_CELLS));
  const cells = Math.ceil(total / perCell);
  const fitting = Math.max(1, Math.floor((width - label) / STEP));
  const columns = fitting >= 50 ? 50 : fitting >= 10 ? Math.floor(fitting / 10) * 10 : fitting;
  return { columns, rows: Math.max(1, Math.ceil(cells / columns)), perCell, cells, label };
}

export const placeOf = (index, { columns, label }) => ({ x: label + (index % columns) * STEP + 1, y: Math.floor(index / columns) * STEP + 1 });

/** The cell at a point, or null beside all cells. */
export function cellAt(x, y, { columns, cells, label }) {
  const column = Math.floor((x - label) / STEP);
  const index = Math.floor(y / STEP) * columns + column;
  return column >= 0 && column < columns && index >= 0 && index < cells ? index : null;
}

/** The cell that a key leads to, or the same when it leads nowhere. */
export function cellAfter(key, index, { columns, cells }) {
  const row = Math.floor(index / columns) * columns;
  const wanted = {
    ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: index + columns,
    Home: row, End: Math.min(cells - 1, row + columns - 1),
  }[key] ?? index;
  return wanted >= 0 && wanted < cells ? wanted : index;
}

const WORST = ['failed', 'soft-failed', 'cancel-requested', 'active', 'claimed-by-manager', 'paused', 'queued', 'under-construction', 'canceled', 'completed'];

/** What a cell of several tasks shows: the status that matters most, and how far they are in percent. */
export function cellOf(tasks) {
  const done = tasks.reduce((sum, task) => sum + (task.status === 'completed' ? 100 : task.status === 'active' ? task.task_progress_percentage ?? 0 : 0), 0);
  const statuses = new Set(tasks.map((task) => task.status));
  return { status: WORST.find((status) => statuses.has(status)) ?? tasks[0].status, percent: done / tasks.length };
}
