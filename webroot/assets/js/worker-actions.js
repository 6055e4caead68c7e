/** What people can do to workers, one or many: what it is called, for which it makes sense, and what is asked first. */
import { manager } from './api.js';
import { confirmed } from './confirm.js';
import { atWork } from './status.js';
import { toast } from './toasts.js';
import { listOf, say } from './words/words.js';

const MOST_AT_ONCE = 6;
const there = (worker) => !['offline', 'timeout'].includes(worker.status);
const wanted = (worker) => worker.status_requested || worker.status;

/** `fits`: for which workers; `order`: what is sent; `loses`: whether running work is lost; `inverse`: what takes it back. */
const ACTIONS = {
  sleep: { icon: 'asleep', fits: (worker) => there(worker) && wanted(worker) !== 'asleep', order: { action: 'set-status', status: 'asleep', lazy: true }, inverse: 'wake' },
  sleepNow: { icon: 'asleep', fits: (worker) => there(worker) && worker.status !== 'asleep', order: { action: 'set-status', status: 'asleep', lazy: false }, loses: true, inverse: 'wake' },
  wake: { icon: 'awake', fits: (worker) => there(worker) && wanted(worker) !== 'awake', order: { action: 'set-status', status: 'awake', lazy: false }, inverse: 'sleep' },
  acknowledge: { icon: 'timeout', fits: (worker) => worker.status === 'timeout', order: { action: 'ack-timeout' } },
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
 * Sends an order for each worker, and answers which failed: `{ worker, error }`. The first goes alone, since the token may
 * be asked for; the others follow a few at a time.
 */
async function send(order, workers) {
  const failed = [];
  const waiting = [...workers];
  async function next() {
    const worker = waiting.shift();
    try {
      await manager.workerAction(worker.id, order);
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

async function run(action, workers, after) {
  const { order, inverse } = ACTIONS[action];
  const failed = await send(order, workers);
  after();
  if (failed.some(({ error }) => error.quiet)) {
    return;
  }
  const done = workers.filter((worker) => !failed.some((other) => other.worker === worker));
  if (failed.length > 0) {
    toast(say('workerAction.partly', { done: done.length, n: workers.length, name: failed[0].worker.nickname, why: failed[0].error.message }), { failed: true });
  } else {
    toast(say(`workerAction.${action}.done`, { n: done.length }), { undo: inverse ? () => run(inverse, done, after) : null });
  }
}

/** The actions that make sense for at least one of the workers: `{ action, icon, word, act }`. */
export function actionsOnWorkers(workers, after) {
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
