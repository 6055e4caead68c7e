/** What people can do to many jobs at once: one request, which says of each job what became of it. */
import { server } from './api.js';
import { confirmed } from './confirm.js';
import { ICONS, ORDER, allowed, workLost } from './job-actions.js';
import { orderButtons } from './order-buttons.js';
import { icon, narrow } from './parts.js';
import { toast } from './toasts.js';
import { h } from './vue.js';
import { say } from './words/words.js';

/** Taken back by the opposite. */
const INVERSE = { pause: 'requeue' };

function question(action, jobs) {
  const lost = jobs.reduce((sum, job) => sum + workLost(action, job), 0);
  return lost === 0 ? null : { title: say(`jobsAction.${action}.title`, { n: jobs.length }), text: say(`jobAction.${action}.loss`, { n: lost }), button: say(`jobsAction.${action}`) };
}

async function run(action, jobs, after) {
  try {
    const { done, results } = await server.actOnJobs(jobs.map(({ id }) => id), action);
    const refused = results.find((result) => !result.done);
    const kept = jobs.filter(({ id }) => results.some((result) => result.id === id && result.done));
    if (refused) {
      toast(say('workerAction.partly', { done, n: jobs.length, name: jobs.find(({ id }) => id === refused.id)?.name ?? refused.id, why: refused.detail }), { failed: true });
    } else {
      toast(say(`jobsAction.${action}.done`, { n: done }), { undo: INVERSE[action] ? () => run(INVERSE[action], kept, after) : null });
    }
    after();
  } catch (error) {
    if (!error.quiet) {
      toast(error.message, { failed: true });
    }
  }
}

/** The actions that make sense for at least one of the jobs: `{ action, icon, word, act }`, the most likely first. */
export const actionsOnJobs = (jobs, after) => ORDER
  .map((action) => ({ action, fitting: jobs.filter((job) => allowed(action, job)) }))
  .filter(({ fitting }) => fitting.length > 0)
  .map(({ action, fitting }) => ({
    action,
    icon: ICONS[action],
    word: say(`jobsAction.${action}`),
    async act() {
      const asked = question(action, fitting);
      if (asked === null || await confirmed(asked)) {
        await run(action, fitting, after);
      }
    },
  }));

/** The bar with what can be done to the selected jobs, or null when there are none. */
export function jobsBar(chosen, selected, after) {
  if (chosen.length === 0) {
    return null;
  }
  const actions = actionsOnJobs(chosen, after);
  return h('div', { class: 'bulk', role: 'toolbar', 'aria-label': say('jobs.bulk', { n: chosen.length }) }, [
    h('strong', say('workers.selected', { n: chosen.length })),
    ...orderButtons(actions, narrow.matches ? 1 : 3),
    h('button', { class: 'btn end', type: 'button', onClick: selected.clear }, [say('workers.clear'), h('kbd', 'Esc')]),
  ]);
}
