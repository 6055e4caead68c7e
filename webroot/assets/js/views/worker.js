/** One worker: what it does now with the end of its log, and what is known of it. */
import { LIST_AGE_MS, manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { atMostEvery, copy, every, loaded, orElse, untilGone } from '../loading.js';
import { workerHorizon } from '../drawings/timeline.js';
import { workerAfter, workerAfterTask } from '../model/deltas.js';
import { may } from '../me.js';
import { orderButtons } from '../order-buttons.js';
import { order } from '../out-of-contact.js';
import { facts, icon, lead, meter, nothing, panel, rich, statusOf } from '../parts.js';
import { link } from '../router.js';
import { atWork } from '../status.js';
import { toast } from '../toasts.js';
import { computed, h } from '../vue.js';
import { ago, clockTime, count, dateAndTime, listOf, say, span, statusWord } from '../words/words.js';
import { actionsOnWorkers } from '../worker-actions.js';
import { feed, feedPanel } from './feed.js';
import { LogText } from './log-text.js';
import { sleepPanel } from './sleep-schedule.js';
import { requested, whyNothing } from './workers-table.js';

const DAY_MINUTES = 24 * 60;
const SHOWN_TASKS = 20;

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const worker = loaded(async () => {
      const found = (await manager.workers()).workers.find((candidate) => candidate.id === id);
      if (!found) {
        throw Object.assign(new Error(id), { status: 404 });
      }
      return found;
    });
    const events = feed();
    const current = computed(() => (worker.state.value && atWork(worker.state.value) ? worker.state.value.current_task : null));
    const farm = loaded(manager.farm);
    const day = loaded(() => manager.days([id], DAY_MINUTES));
    const again = atMostEvery(LIST_AGE_MS, worker.reload);
    const dayAgain = atMostEvery(1000, day.reload);
    void worker.reload();
    void day.reload();
    void farm.reload();
    untilGone(
      every(60_000, day.reload),
      onContact(worker.reload),
      every(30_000, worker.reload),
      hear(topics.workerStatus, (fact) => {
        if (fact.worker_id === id && worker.state.value) {
          dayAgain();
          worker.state.value = workerAfter(worker.state.value, fact);
          if (fact.status !== fact.old_status) {
            events.add(fact.status, say('feed.worker', { name: fact.nickname, status: statusWord(fact.status) }), fact.changed_at, `/workers/${id}`);
          }
        }
      }),
      hear(topics.taskStatus, (fact) => {
        if (worker.state.value) {
          worker.state.value = workerAfterTask(worker.state.value, fact);
        }
        if (fact.worker_id === id && fact.status !== fact.old_status) {
          dayAgain();
          events.add(fact.status, say('feed.task', { name: fact.name, status: statusWord(fact.status) }), fact.changed_at, `/tasks/${fact.task_id}/log`);
        }
      }),
    );

    const absent = h('div', [h('h1', { class: 'hidden-visually' }, say('worker.notFound')),
      nothing('search', say('worker.notFound'), say('worker.notFoundHint', { id }), [link('/', say('worker.all'))])]);

    return () => orElse(worker, (value) => {
      document.title = `${value.nickname}: ${statusWord(value.status)}`;
      return h('div', [
        lead({
          crumbs: [link('/', say('nav.farm')), value.nickname || value.address],
          sentence: current.value
            ? rich('worker.working', { name: value.nickname, task: current.value.name })
            : rich('worker.standing', { name: value.nickname, status: statusWord(value.status).toLowerCase() }),
          under: [requested(value), ' ', current.value ? null : whyNothing(value)],
          actions: orderButtons(actionsOnWorkers([value], again), 2),
        }),
        day.state.value === null ? null : workerHorizon(day.state.value.workers[id] ?? [], Date.parse(day.state.value.now)),
        h('div', { class: 'split worker-split' }, [
          h('div', { class: 'main' }, [
            current.value ? nowDoing(current.value) : panel(say('worker.now'), h('p', { class: 'panel-body quiet' }, say('worker.nothing')), { id: 'now-title' }),
            tasksPanel(day.state.value?.workers[id] ?? []),
            sleepPanel(value, again),
          ]),
          h('aside', { class: 'side', 'aria-label': say('worker.side') }, [about(value), blockedPanel(value, farm.state.value?.server.url ?? '', again), feedPanel(events.list.value)]),
        ]),
      ]);
    }, { notFound: absent });
  },
};

const nowDoing = (task) => h('section', { 'aria-labelledby': 'now-title' }, [
  h('div', { class: 'plain-head' }, [h('h2', { id: 'now-title' }, task.name), h('span', { class: 'quiet small num' }, say('workers.at', { n: Math.round(task.task_progress_percentage ?? 0) })),
    link(`/tasks/${task.id}/log`, say('worker.wholeLog'), { class: 'push small' })]),
  meter(task.task_progress_percentage ?? 0),
  h(LogText, { key: task.id, id: task.id, short: true }),
]);

/** The latest tasks that it ran. */
function tasksPanel(spans) {
  const tasks = spans.filter(({ kind }) => kind === 'task').reverse();
  const secondsOf = (task) => ((task.until ? Date.parse(task.until) : clock.now) - Date.parse(task.from)) / 1000;
  return tasks.length === 0 ? null : h('section', { 'aria-labelledby': 'tasks-title' }, [
    h('div', { class: 'plain-head' }, [h('h2', { id: 'tasks-title' }, say('worker.tasks')), h('span', { class: 'quiet small' }, say('worker.tasksHint', { n: tasks.length }))]),
    h('div', { class: 'sheet table-scroll' }, [h('table', [
      h('thead', [h('tr', ['tasks.name', 'tasks.status', 'worker.began', 'worker.took'].map((word) => h('th', { scope: 'col' }, say(word))))]),
      h('tbody', tasks.slice(0, SHOWN_TASKS).map((task) => h('tr', { key: task.from, 'data-task-id': task.task_id }, [
        h('th', { scope: 'row' }, [link(`/tasks/${task.task_id}/log`, task.name)]), h('td', [statusOf(task.outcome || 'active')]),
        h('td', { class: 'num' }, clockTime(Date.parse(task.from))), h('td', { class: 'num' }, span(secondsOf(task))),
      ]))),
    ])]),
  ]);
}

/**
 * What it may not run since it failed too often, and the way out.
 *
 * @param server where the Server shows jobs
 */
function blockedPanel(worker, server, after) {
  const lines = worker.blocklist ?? [];
  if (lines.length === 0) {
    return null;
  }
  async function unblock(line) {
    try {
      await manager.unblock(worker.id, line);
      toast(say('worker.unblocked', { name: worker.nickname, type: line.task_type }));
      after();
    } catch (error) {
      if (!error.quiet) {
        toast(error.message, { failed: true });
      }
    }
  }
  return panel(say('worker.blocked'), h('ul', { class: 'panel-body blocked' }, lines.map((line) => h('li', { key: line.job + line.task_type }, [
    h('strong', say('worker.blockedType', { type: line.task_type })), ' ', h('a', { href: `${server}jobs/${line.job}/redir` }, [h('code', line.job)]),
    h('p', { class: 'quiet small' }, say('worker.blockedSince', { when: dateAndTime(line.since) })),
    may('wrangler') ? h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', onClick: () => unblock(line) }), say('worker.unblock')) : null,
  ]))), { id: 'blocked-title', aside: count(lines.length) });
}

const about = (worker) => panel(say('worker.about'), facts([
  [say('workers.status'), [statusOf(worker.status, { atWork: atWork(worker) })]],
  [say('workers.seen'), worker.last_activity ? h('span', { title: dateAndTime(worker.last_activity) }, ago(worker.last_activity, clock.now)) : say('workers.never')],
  [say('worker.address'), worker.address],
  [say('worker.platform'), worker.platform],
  [say('worker.software'), worker.software],
  [say('worker.takes'), listOf(worker.supported_task_types ?? [])],
  [say('worker.id'), [h('code', worker.id), ' ', h('button', { class: 'btn', 'data-kind': 'link', type: 'button', onClick: () => copy(worker.id) }, [icon('copy'), say('page.copy')])]],
]), { id: 'about-title' });
