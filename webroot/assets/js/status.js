/** What each status looks like: an icon of icons.svg and a colour family of style.css. The word is in the catalogue. */

const looks = {
  queued: ['queued', 'rest'],
  requeued: ['queued', 'rest'],
  'claimed-by-manager': ['claimed', 'rest'],
  active: ['active', 'work'],
  completed: ['completed', 'done'],
  'soft-failed': ['soft-failed', 'heal'],
  failed: ['failed', 'stop'],
  'cancel-requested': ['cancel-requested', 'leave'],
  'fail-requested': ['cancel-requested', 'leave'],
  canceled: ['canceled', 'rest'],
  paused: ['paused', 'rest'],
  'under-construction': ['under-construction', 'rest'],
  'waiting-for-files': ['waiting-for-files', 'rest'],
  'construction-failed': ['error', 'stop'],
  archiving: ['archived', 'leave'],
  archived: ['archived', 'rest'],
  starting: ['starting', 'work'],
  awake: ['awake', 'done'],
  asleep: ['asleep', 'rest'],
  testing: ['testing', 'test'],
  offline: ['offline', 'rest'],
  shutdown: ['shutdown', 'leave'],
  timeout: ['timeout', 'heal'],
  error: ['error', 'stop'],
};

/** All statuses that a look is known for. */
export const statuses = Object.keys(looks);

export function look(status, atWork = false) {
  const [icon, family] = looks[status] ?? ['queued', 'rest'];
  return atWork && status === 'awake' ? { icon: 'active', family: 'work' } : { icon, family };
}

/** Whether a worker runs a task now. */
export const atWork = (worker) => worker.status === 'awake' && worker.current_task?.status === 'active';

const OLD_MS = 14 * 24 * 3600 * 1000;

/**
 * A test of workers: whether one was never seen, or not for so long that it only takes up space in the list. Times are
 * compared as they are written, since reading ten thousand of them takes longer than a frame.
 */
export function old(now) {
  const since = new Date(now - OLD_MS).toISOString();
  return (worker) => !worker.last_activity || worker.last_activity < since;
}

/** What a worker is for the ledger: `work` or `free` when it is awake, else its status. */
export const standing = (worker) => (atWork(worker) ? 'work' : worker.status === 'awake' ? 'free' : worker.status);

/** Whether a task waits, so that it is a question why nobody runs it. */
export const waits = (status) => ['queued', 'claimed-by-manager', 'soft-failed', 'paused', 'under-construction'].includes(status);

/** Whether nothing more happens to a task or job of that status by itself. */
export const ended = (status) => ['completed', 'failed', 'canceled', 'archived', 'construction-failed'].includes(status);

const GROUPS = {
  failed: 'attend', 'construction-failed': 'attend', active: 'rendering', completed: 'finished', canceled: 'finished',
  archived: 'finished', archiving: 'finished', 'cancel-requested': 'finished', 'fail-requested': 'attend',
};

/** What is next for a job: `attend` (a person), `rendering`, `waiting` or `finished`. */
export function nextFor(job) {
  const failed = job.tasks?.by_status?.failed ?? 0;
  return job.status === 'active' && failed > 0 ? 'attend' : GROUPS[job.status] ?? 'waiting';
}
