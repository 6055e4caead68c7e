/** What people can do to workers, one or many: what it is called, for which it makes sense, and what is asked first. */
import { manager } from './api.js';
import { confirmed } from './confirm.js';
import { may } from './me.js';
import { atWork } from './status.js';
import { toast } from './toasts.js';
import { listOf, say } from './words/words.js';

const MOST_AT_ONCE = 6;
const there = (worker) => !['offline', 'timeout'].includes(worker.status);
const wanted = (worker) => worker.status_requested || worker.status;

const blocked = (worker) => worker.blocklist ?? [];

/** Lets a worker run again whatever it was blocked from. */
async function unblock(worker) {
  for (const line of blocked(worker)) {
    await manager.unblock(worker.id, line);
  }
}

/** `fits`: for which workers; `order`: what is sent, or `work`: what is done for each; `loses`: whether running work is lost; `inverse`: what takes it back. */
const ACTIONS = {
  sleep: { icon: 'asleep', fits: (worker) => there(worker) && wanted(worker) !== 'asleep', order: { action: 'set-status', status: 'asleep', lazy: true }, inverse: 'wake' },
  sleepNow: { icon: 'asleep', fits: (worker) => there(worker) && worker.status !== 'asleep', order: { action: 'set-status', status: 'asleep', lazy: false }, loses: true, inverse: 'wake' },
  wake: { icon: 'awake', fits: (worker) => there(worker) && wanted(worker) !== 'awake', order: { action: 'set-status', status: 'awake', lazy: false }, inverse: 'sleep' },
  acknowledge: { icon: 'timeout', fits: (worker) => worker.status === 'timeout', order: { action: 'ack-timeout' } },
  unblock: { icon: 'follow', fits: (worker) => blocked(worker).length > 0, work: unblock },
  test: { icon: 'testing', fits: (worker) => worker.status === 'testing', order: { action: 'send-test-job' } },
  shutdown: { icon: 'shutdown', fits: (worker) => there(worker) && wanted(worker) !== 'shutdown', order: { action: 'shutdown', lazy: true } },
  shutdownNow: { icon: 'shutdown', fits: (worker) => there(worker) && worker.status !== 'shutdown', order: { action: 'shutdown', lazy: false }, loses: true },
  revoke: { icon: 'close', fits: there, order: { action: 'revoke-credentials' }, always: true },
  forget: { icon: 'close', fits: () => true, order: { action: 'forget-worker' }, always: true },
};

function question(action, { loses, always }, workers) {
  const running = loses ? workers.filter(atWork).length : 0;
  if (!always && running === 0) {
    return null;
  }
  const button = say(`workerAction.${action}.these`, { n: workers.length });
  return { title: `${button}?`, text: always ? say(`workerAction.${action}.loss`, { names: listOf(workers.slice(0, 5).map(({ nickname }) => nickname)), n: workers.length }) : say('workerAction.loss', { n: running }), button };
}

/**
 * Does something for each worker, and answers for which it failed: `{ worker, error }`. The first goes alone, since the token
 * may be asked for; the others follow a few at a time.
 */
export async function forEachWorker(workers, work) {
  const failed = [];
  const waiting = [...workers];
  async function next() {
    const worker = waiting.shift();
    try {
      await work(worker);
    } catch (error) {
      failed.push({ worker, error });
      waiting.length = error.quiet ? 0 : waiting.length;
    }
  }
  async function all() {
    while (waiting.length > 0) {
      await next();
    }
  }
  await next();
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, all));
  return failed;
}

/** Says what was done for workers, with the way back if there is one; or for how many it failed, and why. */
export function report(workers, failed, done, undo) {
  if (failed.some(({ error }) => error.quiet)) {
    return;
  }
  if (failed.length > 0) {
    toast(say('workerAction.partly', { done: workers.length - failed.length, n: workers.length, name: failed[0].worker.nickname, why: failed[0].error.message }), { failed: true });
  } else {
    toast(done, { undo });
  }
}

async function run(action, workers, after) {
  const { order, work = (worker) => manager.workerAction(worker.id, order), inverse } = ACTIONS[action];
  const failed = await forEachWorker(workers, work);
  after();
  report(workers, failed, say(`workerAction.${action}.done`, { n: workers.length }), inverse ? () => run(inverse, workers, after) : null);
}

/** The actions that the reader may do and that make sense for at least one of the workers: `{ action, icon, word, act }`. */
export function actionsOnWorkers(workers, after) {
  return may('wrangler') ? fittingActions(workers, after) : [];
}

function fittingActions(workers, after) {
  return Object.entries(ACTIONS)
    .map(([action, about]) => ({ action, about, fitting: workers.filter(about.fits) }))
    .filter(({ fitting }) => fitting.length > 0)
    .map(({ action, about, fitting }) => ({
      action,
      icon: about.icon,
      word: say(`workerAction.${action}`),
      async act() {
        const asked = question(action, about, fitting);
        if (asked === null || await confirmed(asked)) {
          await run(action, fitting, after);
        }
      },
    }));
}
