/** How long the tasks of a job ran, one type of tasks at a time. */

/** Rows as the Server sends them to things with names. */
export const named = ({ columns, tasks }) => tasks.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));

/** The types that have a task that has ended, the one that took the most time first: `{ type, runs, total }`. */
export function byType(runs) {
  const found = new Map();
  for (const run of runs.filter(({ seconds }) => seconds !== null)) {
    const known = found.get(run.task_type) ?? { type: run.task_type, runs: [], total: 0 };
    known.runs.push(run);
    known.total += run.seconds;
    found.set(run.task_type, known);
  }
  return [...found.values()].sort((a, b) => b.total - a.total);
}

/** The value below which that share of the sorted numbers lies. */
export const quantile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

/** The middle of the runs, in seconds. */
export const median = (runs) => quantile(runs.map(({ seconds }) => seconds).sort((a, b) => a - b), 0.5);

/** The slowest runs, when they took more than twice the middle: at most `most`, slowest first. */
export function outliers(runs, most) {
  const usual = median(runs);
  return runs.filter(({ seconds }) => seconds > 2 * usual).sort((a, b) => b.seconds - a.seconds).slice(0, most);
}

const STEPS_S = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400];

/** Round lengths of time for an axis that begins at 0, three to five of them, the last at or above `longest`. */
export function ticks(longest) {
  const small = longest < 4 ? [0.01, 0.02, 0.05, 0.1, 0.2, 0.5] : [];
  const step = [...small, ...STEPS_S].find((candidate) => longest / candidate <= 4) ?? Math.ceil(longest / 4 / 86_400) * 86_400;
  return Array.from({ length: Math.max(1, Math.ceil(longest / step)) + 1 }, (_, index) => Math.round(index * step * 100) / 100);
}
