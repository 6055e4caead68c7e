/** What people can do to a job or a task of it now, what it is called, and what is asked first. */
import { server } from './api.js';
import { confirmed } from './confirm.js';
import { toast } from './toasts.js';
import { say } from './words/words.js';

const ALLOWED = {
  pause: ['active', 'queued'],
  requeue: ['completed', 'canceled', 'failed', 'paused'],
  cancel: ['active', 'queued', 'failed', 'paused', 'waiting-for-files', 'construction-failed'],
  recreate: ['canceled', 'completed', 'failed', 'paused', 'construction-failed'],
  archive: ['canceled', 'completed', 'failed', 'construction-failed'],
  restore: ['archived'],
  delete: ['canceled', 'completed', 'failed', 'construction-failed'],
};

export const ICONS = { requeueFailed: 'soft-failed', pause: 'paused', requeue: 'queued', cancel: 'canceled', recreate: 'under-construction', archive: 'archived', restore: 'queued', delete: 'close' };

/** The most likely next step comes first. */
export const ORDER = ['requeueFailed', 'requeue', 'pause', 'cancel', 'recreate', 'restore', 'archive', 'delete'];

const failedOf = (job) => job.tasks?.by_status?.failed ?? 0;

/** Whether the job's status lets the action be. */
export const allowed = (action, job) => (action === 'requeueFailed'
  ? failedOf(job) > 0 && ['active', 'failed', 'queued'].includes(job.status)
  : ALLOWED[action].includes(job.status));

/** What an action is called; a paused job has not run to an end that it could start from again. */
const wordOf = (action, job) => say(action === 'requeue' && job.status === 'paused' ? 'jobAction.resume' : `jobAction.${action}`, { n: failedOf(job) });

/** How many tasks an action costs; for a deletion, which has to be asked for in any case, 1. */
export function workLost(action, job) {
  const running = job.tasks?.by_status?.active ?? 0;
  const done = job.tasks?.by_status?.completed ?? 0;
  return { cancel: running, requeue: job.status === 'paused' ? 0 : done, recreate: done, delete: 1 }[action] ?? 0;
}

/** The loss that has to be named before the action is done, or null when nothing is lost. */
function loss(action, job) {
  const lost = workLost(action, job);
  return lost === 0 ? null : { title: say(`jobAction.${action}.title`, { name: job.name }), text: say(`jobAction.${action}.loss`, { n: lost }), button: wordOf(action, job) };
}

/** Pausing and going on take each other back. */
const INVERSE = { pause: 'requeue' };

async function run(action, job, after) {
  try {
    const changed = await server.act(job.id, action);
    const undo = INVERSE[action] ? () => run(INVERSE[action], changed, after) : null;
    toast(say(`jobAction.${action}.done`, { name: job.name, n: failedOf(job) }), { undo });
    after(action, changed);
  } catch (error) {
    refused(error);
  }
}

function refused(error) {
  if (!error.quiet) {
    toast(error.message, { failed: true });
  }
}

/**
 * The actions that the job's status allows: `{ action, icon, word, act }`, the most likely first.
 *
 * @param after is told `(action, job)` when one is done; the job is null when it was deleted
 */
export function actionsOn(job, after) {
  return ORDER.filter((action) => allowed(action, job)).map((action) => ({
    action,
    icon: ICONS[action],
    word: wordOf(action, job),
    async act() {
      const question = loss(action, job);
      if (question === null || await confirmed(question)) {
        await run(action, job, after);
      }
    },
  }));
}

/** Changes the priority, and takes it back on request. */
export async function setPriority(job, priority, after) {
  try {
    const changed = await server.setPriority(job.id, priority);
    toast(say('jobAction.priority.done', { name: job.name, n: priority }), { undo: () => setPriority(changed, job.priority, after) });
    after(changed);
  } catch (error) {
    refused(error);
  }
}

const FINISHED = ['completed', 'failed', 'canceled'];
const CANCELABLE = ['queued', 'claimed-by-manager', 'active', 'soft-failed', 'paused'];

/** The actions that a task's status allows: `{ word, act }`. */
export function actionsOnTask(task, after) {
  const doing = (action, order) => ({
    word: say(`taskAction.${action}`),
    async act() {
      try {
        const changed = await order();
        toast(say(`taskAction.${action}.done`, { name: task.name }));
        after(changed);
      } catch (error) {
        refused(error);
      }
    },
  });
  const question = { title: say('taskAction.successors.title', { name: task.name }), text: say('taskAction.successors.loss'), button: say('taskAction.successors') };
  const withSuccessors = doing('successors', () => server.requeueTask(task.id, true));
  return [
    ...(FINISHED.includes(task.status) ? [
      doing('requeue', () => server.requeueTask(task.id, false)),
      { ...withSuccessors, act: async () => { if (await confirmed(question)) { await withSuccessors.act(); } } },
    ] : []),
    ...(CANCELABLE.includes(task.status) ? [doing('cancel', () => server.cancelTask(task.id))] : []),
  ];
}
