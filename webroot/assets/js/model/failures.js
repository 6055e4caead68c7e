/** Which tasks failed the same way: by the last line of their log that says so, without what differs each time. */

const ERROR = /\b(error|exception|failed|fatal|out of memory|cannot|could not|no such)\b/i;

/** The time stamp of a line, and the task and command that a Worker writes it for. */
const WHEN_AND_WHO = /^\[?\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\]?:?\s*(?:[\w.-]+\(task_id=[^)]*\):\s*)?/;

/** The line that names the failure: the last one that looks like an error, else the last line. */
export function causeLine(text) {
  const lines = (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.findLast((line) => ERROR.test(line)) ?? lines.at(-1) ?? '';
}

/** The line without time stamps, numbers and paths, so that the same failure of two tasks reads the same. */
export function normalised(line) {
  return line
    .replace(WHEN_AND_WHO, '')
    .replace(/(?:[A-Za-z]:)?(?:[\\/][\w.#{}-]+)+/g, '…')
    .replace(/\b0x[0-9a-f]+\b/gi, '…')
    .replace(/\b\d[\d.]*\b/g, '…');
}

/** Failed tasks by cause, most frequent first: `{ cause, tasks, workers }`, where `cause` is the line of the first. */
export function clusters(tasks) {
  const found = new Map();
  for (const task of tasks.filter((candidate) => candidate.status === 'failed' || candidate.status === 'soft-failed')) {
    const line = causeLine(task.log_tail) || causeLine(task.activity);
    const key = normalised(line);
    const cluster = found.get(key) ?? { cause: line.replace(WHEN_AND_WHO, ''), tasks: [], workers: new Set() };
    cluster.tasks.push(task);
    workersOf(task).forEach((name) => cluster.workers.add(name));
    found.set(key, cluster);
  }
  return [...found.values()].map((cluster) => ({ ...cluster, workers: [...cluster.workers].sort() }))
    .sort((a, b) => b.tasks.length - a.tasks.length);
}

function workersOf(task) {
  const failed = (task.failed_by_workers ?? []).map((worker) => worker.identifier ?? worker.nickname ?? worker.id ?? worker);
  return failed.length > 0 ? failed : [task.worker].filter((name) => name);
}
