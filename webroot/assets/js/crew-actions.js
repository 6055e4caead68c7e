/** What people can order of workers of any Manager: one request for many, in pieces that the Server takes. */
import { server } from './api.js';
import { confirmed } from './confirm.js';
import { toast } from './toasts.js';
import { say } from './words/words.js';

const MOST_IN_A_REQUEST = 500;
const there = (worker) => !['offline', 'timeout'].includes(worker.status);
const wanted = (worker) => worker.status_requested || worker.status;

/** `fits`: for which workers; `loses`: whether running work is lost; `inverse`: what takes it back. */
const ACTIONS = {
  sleep: { icon: 'asleep', fits: (worker) => there(worker) && wanted(worker) !== 'asleep', status: 'asleep', lazy: true, inverse: 'wake' },
  wake: { icon: 'awake', fits: (worker) => there(worker) && wanted(worker) !== 'awake', status: 'awake', lazy: false, inverse: 'sleep' },
  sleepNow: { icon: 'asleep', fits: (worker) => there(worker) && worker.status !== 'asleep', status: 'asleep', lazy: false, loses: true, inverse: 'wake' },
  shutdown: { icon: 'shutdown', fits: (worker) => there(worker) && wanted(worker) !== 'shutdown', status: 'shutdown', lazy: true },
  shutdownNow: { icon: 'shutdown', fits: (worker) => there(worker) && worker.status !== 'shutdown', status: 'shutdown', lazy: false, loses: true },
};

async function send({ status, lazy }, ids) {
  const results = [];
  for (let first = 0; first < ids.length; first += MOST_IN_A_REQUEST) {
    results.push(...(await server.orderWorkers(ids.slice(first, first + MOST_IN_A_REQUEST), status, lazy)).results);
  }
  return results;
}

async function run(action, workers, after) {
  try {
    const results = await send(ACTIONS[action], workers.map(({ id }) => id));
    const refused = results.find(({ done }) => !done);
    const kept = workers.filter(({ id }) => results.some((result) => result.id === id && result.done));
    if (refused) {
      toast(say('workerAction.partly', { done: kept.length, n: workers.length, name: workers.find(({ id }) => id === refused.id).nickname, why: refused.detail }), { failed: true });
    } else {
      const { inverse } = ACTIONS[action];
      toast(say('crews.ordered', { what: say(`workerAction.${action}`), n: kept.length }), { undo: inverse ? () => run(inverse, kept, after) : null });
    }
    after();
  } catch (error) {
    if (!error.quiet) {
      toast(error.message, { failed: true });
    }
  }
}

/** The orders that make sense for at least one of the workers: `{ action, icon, word, act }`. */
export const actionsOnCrew = (workers, after) => Object.entries(ACTIONS)
  .map(([action, about]) => ({ action, about, fitting: workers.filter(about.fits) }))
  .filter(({ fitting }) => fitting.length > 0)
  .map(({ action, about, fitting }) => ({
    action,
    icon: about.icon,
    word: say(`workerAction.${action}`),
    async act() {
      const running = about.loses ? fitting.filter((worker) => worker.current_task).length : 0;
      const button = say(`workerAction.${action}`);
      if (running === 0 || await confirmed({ title: `${button}?`, text: say('workerAction.loss', { n: running }), button })) {
        await run(action, fitting, after);
      }
    },
  }));
