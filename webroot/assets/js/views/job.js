/** One job: how it stands, when it will be done, its tasks in order, why some failed, and what it is. */
import { manager as managerUrls, server } from '../api.js';
import { announceTask } from '../announcer.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { jobHorizon } from '../drawings/horizon.js';
import { orderGraph } from '../drawings/order-graph.js';
import { TaskGrid, mark } from '../drawings/task-grid.js';
import { actionsOn, actionsOnTask } from '../job-actions.js';
import { bindHere } from '../keys.js';
import { liveList } from '../live-list.js';
import { atMostEvery, every, loaded, orElse, untilGone } from '../loading.js';
import { countsOf, jobAfter, taskAfter } from '../model/deltas.js';
import { clusters } from '../model/failures.js';
import { forecast, progressOf, wide } from '../model/forecast.js';
import { orderOfWork } from '../model/order-of-work.js';
import { orderButtons } from '../order-buttons.js';
import { order } from '../out-of-contact.js';
import { choice, lead, named, nothing, panel, rich, statusOf } from '../parts.js';
import { goTo, inAddress, link } from '../router.js';
import { ended, statuses } from '../status.js';
import { computed, h, shallowRef, watch } from '../vue.js';
import { clockTime, count, dateAndTime, say, span, statusWord } from '../words/words.js';
import { JobDurations } from './job-durations.js';
import { JobPictures } from './job-pictures.js';
import { about, causesPanel, settings } from './job-side.js';
import { drawer } from './task-drawer.js';
import { tasksTable } from './tasks-table.js';

const MOST_TASKS = 20_000;
const HORIZON_EVERY_MS = 5000;

async function allTasks(id) {
  const tasks = [];
  let cursor = null;
  do {
    const page = await server.jobTasks(id, cursor);
    tasks.push(...page.tasks);
    cursor = page.next;
  } while (cursor && tasks.length < MOST_TASKS);
  return tasks;
}

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const places = new Map();
    const tasks = liveList((a, b) => places.get(a.id) - places.get(b.id));
    const job = loaded(() => server.job(id));
    const managers = loaded(async () => (await server.managers()).managers);
    const fetchedTasks = loaded(async () => {
      const list = await allTasks(id);
      list.forEach((task, index) => places.set(task.id, index));
      tasks.set(list);
      structure.value = list;
      draw();
      return true;
    });
    const structure = shallowRef([]);
    const steps = computed(() => orderOfWork(structure.value));
    const view = inAddress('view', 'grid');
    const chosen = inAddress('task');
    const logOpen = inAddress('log');
    const ahead = shallowRef(null);
    const horizon = shallowRef(null);
    function draw() {
      if (job.state.value && tasks.rows.value.length > 0) {
        ahead.value = outlook(job.state.value, tasks.rows.value);
        horizon.value = drawHorizon(job.state.value, tasks.rows.value, ahead.value);
      }
    }

    const manager = computed(() => managers.state.value?.find((candidate) => candidate.id === job.state.value?.manager));
    const base = computed(() => manager.value?.url?.replace(/\/$/, ''));
    const task = computed(() => tasks.rows.value.find((candidate) => candidate.id === chosen.value) ?? null);
    const causes = computed(() => clusters(tasks.rows.value));
    const counts = computed(() => countsOf(tasks.rows.value));
    const logOf = (wanted) => (base.value ? base.value + managerUrls.logPage(wanted.id) : null);

    const reload = () => [job, managers, fetchedTasks].forEach((part) => void part.reload());
    const newTasks = atMostEvery(1000, fetchedTasks.reload);
    const refreshed = atMostEvery(2000, fetchedTasks.reload);
    reload();
    const drawing = setInterval(draw, HORIZON_EVERY_MS);
    watch(() => job.state.value?.status, draw);
    untilGone(
      () => clearInterval(drawing),
      onContact(reload),
      every(30_000, job.reload),
      hear(topics.jobStatus, (fact) => {
        if (fact.job_id === id && fact.status === '') {
          void job.reload();
        } else if (fact.job_id === id && job.state.value) {
          job.state.value = jobAfter(job.state.value, fact);
        }
      }),
      hear(topics.serverTaskStatus, (fact) => {
        if (fact.job_id !== id) {
          return;
        }
        if (!tasks.change(fact.task_id, (known) => taskAfter(known, fact))) {
          newTasks();
        } else if (fact.status !== fact.old_status) {
          announceTask(fact.status);
          if (fact.status === 'failed' || fact.status === 'soft-failed') {
            refreshed();
          }
        }
      }),
    );

    const choose = (wanted) => { chosen.value = wanted.id; };
    function step(by) {
      const list = tasks.rows.value;
      const at = list.findIndex((candidate) => candidate.id === chosen.value);
      if (list.length > 0) {
        choose(list[(at + by + list.length) % list.length]);
      }
    }
    function nextFailed() {
      const list = tasks.rows.value;
      const at = list.findIndex((candidate) => candidate.id === chosen.value);
      const turned = [...list.slice(at + 1), ...list.slice(0, at + 1)];
      const found = turned.find((candidate) => candidate.status === 'failed' || candidate.status === 'soft-failed');
      if (found) {
        choose(found);
      }
    }
    bindHere([
      { keys: 'n', word: 'keys.nextFailed', act: nextFailed },
      { keys: ']', word: 'keys.nextTask', act: () => step(1) },
      { keys: '[', word: 'keys.previousTask', act: () => step(-1) },
      { keys: 'Escape', word: 'keys.closeLog', act: () => { logOpen.value = ''; } },
    ]);

    /** The job as it is after an action; the facts of the bus tell the rest. */
    function acted(action, changed) {
      if (action === 'delete') {
        goTo('/jobs');
      } else {
        job.state.value = changed;
        newTasks();
      }
    }
    const taskActed = (changed) => { tasks.change(changed.id, () => changed); };
    const first = (action) => () => (job.state.value ? actionsOn(job.state.value, acted).find((candidate) => candidate.action === action)?.act() : undefined);
    bindHere([
      { keys: 'r', word: 'keys.requeueFailed', act: first('requeueFailed'), orders: true },
      { keys: 'p', word: 'keys.pause', act: first('pause'), orders: true },
      { keys: 'c', word: 'keys.cancel', act: first('cancel'), orders: true },
    ]);

    const absent = h('div', [h('h1', { class: 'hidden-visually' }, say('job.notFound')),
      nothing('search', say('job.notFound'), say('job.notFoundHint', { id }), [link('/jobs', say('nav.jobs'))])]);

    return () => orElse(job, (value) => {
      const numbers = value.tasks?.by_status ?? {};
      document.title = say('job.title', { name: value.name, percent: value.tasks.total === 0 ? 0 : Math.floor((100 * (numbers.completed ?? 0)) / value.tasks.total) });
      return h('div', [
        lead({
          crumbs: [link('/jobs', say('nav.jobs')), ...[named(value.project)].filter((part) => part), value.name],
          sentence: rich('job.sentence', { name: value.name, status: value.status, all: value.tasks.total, done: numbers.completed ?? 0, failed: numbers.failed ?? 0 }),
          under: underOf(value, numbers, ahead.value),
          actions: [...orderButtons(actionsOn(value, acted), 3, kindOf), h('button', { class: 'btn', type: 'button', onClick: () => print() }, say('job.report'))],
        }),
        h('p', { class: 'report' }, say('job.reportOf', { when: dateAndTime(new Date(clock.now).toISOString()), where: `${location.origin}/jobs/${id}` })),
        horizon.value,
        h('div', { class: 'split job-split' }, [
          h('div', { class: 'main' }, [
            orElse(fetchedTasks, () => tasksPanel({ value, tasks, counts: counts.value, view, chosen, task, choose, open: () => { logOpen.value = 'open'; }, logOf, taskActed })),
            h(JobPictures, { job: id, choose, frames: String(value.settings.frames ?? ''), tasks: structure.value, find: (task) => tasks.find(task) }),
            orderPanel(steps.value, tasks, chosen.value, choose),
            h(JobDurations, { job: id, ended: (numbers.completed ?? 0) + (numbers.failed ?? 0), choose }),
          ]),
          h('aside', { class: 'side', 'aria-label': say('job.side') }, [
            causesPanel(causes.value, (wanted) => { choose(wanted); logOpen.value = 'open'; }),
            about(value, manager.value, (changed) => { job.state.value = changed; }), settings(value),
          ]),
        ]),
        task.value && logOpen.value === 'open' ? drawer(task.value, logOf(task.value), () => { logOpen.value = ''; }) : null,
      ]);
    }, { notFound: absent });
  },
};

/** What likely comes next stands out when it is to run tasks again. */
const kindOf = (action, index) => (index === 0 && action.startsWith('requeue') ? 'primary' : undefined);

/** When the job will be done, or null when it runs no more or too little is known. */
function outlook(job, tasks) {
  if (job.status !== 'active' || tasks.length === 0) {
    return null;
  }
  const submitted = Date.parse(job.created);
  return forecast(progressOf(tasks, submitted, clock.now), tasks.length - (job.tasks.by_status?.canceled ?? 0), clock.now);
}

function underOf(job, numbers, ahead) {
  if (ended(job.status) || job.status !== 'active') {
    return [h('span', { class: 'row' }, [statusOf(job.status), h('span', job.status_reason || say('job.since', { when: dateAndTime(job.created) }))])];
  }
  const times = ahead && { early: clockTime(ahead.early), late: clockTime(ahead.late), likely: clockTime(ahead.likely), left: span((ahead.likely - clock.now) / 1000), wide: wide(ahead, clock.now) ? 'yes' : 'no' };
  return [say('job.working', { n: numbers.active ?? 0 }), ' ', times ? say('job.forecast', times) : '', job.status_reason ? ` ${job.status_reason}` : ''];
}

function drawHorizon(job, tasks, ahead) {
  const submitted = Date.parse(job.created);
  const now = ended(job.status) ? Math.max(submitted + 1, Date.parse(job.updated)) : clock.now;
  const points = progressOf(tasks, submitted, now);
  const failures = tasks.filter((task) => task.status === 'failed').map((task) => Date.parse(task.updated));
  const label = say('job.horizonLabel', { done: points.at(-1).done, all: tasks.length, from: clockTime(submitted), until: ahead ? clockTime(ahead.likely) : 'none' });
  return jobHorizon({ points, total: tasks.length, ahead, over: ended(job.status), failures, now, label });
}

function tasksPanel({ value, tasks, counts, view, chosen, task, choose, open, logOf, taskActed }) {
  const list = tasks.rows.value;
  if (list.length === 0) {
    return panel(say('job.tasks'), nothing('queue', say('job.noTasks'), value.status_reason || say('job.noTasksHint')), { id: 'tasks-title' });
  }
  const present = statuses.filter((status) => counts.has(status));
  return h('section', { class: view.value === 'grid' ? 'panel' : '', 'aria-labelledby': 'tasks-title' }, [
    h('div', { class: view.value === 'grid' ? 'panel-head' : 'plain-head' }, [
      h('h2', { id: 'tasks-title' }, say('job.tasks')), h('span', { class: 'quiet small' }, say('job.inOrder', { n: list.length })),
      h('span', { class: 'push group', role: 'group', 'aria-label': say('job.view') }, [
        choice(view.value === 'grid', say('job.grid'), () => { view.value = 'grid'; }), choice(view.value === 'list', say('job.list'), () => { view.value = 'list'; }),
      ]),
    ]),
    view.value === 'list'
      ? tasksTable(tasks, list, { href: logOf, inside: false, open: (wanted) => { choose(wanted); open(); } })
      : h('div', { class: 'panel-body grid-body' }, [
        h(TaskGrid, { tasks: list, counts, chosen: chosen.value, rowLabel, onChoose: choose, onOpen: open }),
        h('ul', { class: 'legend' }, present.map((status) => h('li', [mark(status), `${count(counts.get(status))} ${statusWord(status).toLowerCase()}`]))),
        task.value ? chosenTask(task.value, open, logOf(task.value), taskActed) : null,
      ]),
  ]);
}

/** The first number in a task's name is the first frame of its row; without one the row goes unnamed. */
const rowLabel = (task) => /\d+/.exec(task.name)?.[0].padStart(4, '0') ?? '';

const chosenTask = (task, open, href, acted) => h('div', { class: 'row small chosen' }, [
  statusOf(task.status), h('strong', task.name), h('span', { class: 'clip' }, [task.worker, task.activity].filter((part) => part).join(': ')),
  h('span', { class: 'row push' }, [
    ...actionsOnTask(task, acted).map(({ word, act }) => h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', onClick: act }), word)),
    h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: open }, say('job.lastLines')),
    href ? h('a', { class: 'btn', 'data-size': 'small', href }, say('job.wholeLog')) : null,
  ]),
]);

function orderPanel(steps, tasks, chosen, choose) {
  return steps.boxes.length < 2 ? null : panel(say('job.order'), orderGraph(steps, tasks.find, chosen, choose), { id: 'order-title', aside: say('job.orderFolded') });
}
