/** The workers of the farm as a table: what each does now or why it does nothing, its day, or when it sleeps. */
import { clock } from '../clock.js';
import { workerStrip } from '../drawings/timeline.js';
import { may, me } from '../me.js';
import { Menu } from '../menu.js';
import { use } from '../model/timeline.js';
import { icon, nothing, statusOf } from '../parts.js';
import { goTo, link } from '../router.js';
import { Rows } from '../rows.js';
import { atWork, standing } from '../status.js';
import { h } from '../vue.js';
import { ago, clockTime, count, listOf, say, span, statusWord } from '../words/words.js';
import { sleepCells, sleepColumns } from './workers-sleep.js';

/**
 * @param list the live list behind the workers
 * @param look what the address holds: `show`, `text`, and `view`, which is `now`, `timeline` or `schedule`
 * @param days what they did, as `GET /api/v1/history/workers` answers, or null
 * @param actions what can be done with a worker, for its menu: `(worker) => [{ icon, word, act }]`
 */
export function workersTable(list, workers, { look, selected, days, actions, sleep }) {
  if (workers.length === 0) {
    return h('div', { class: 'sheet' }, [nothing('workers', say('workers.none'), say('workers.noneHint'), [
      h('p', { class: 'command' }, [h('code', `flamenco worker --manager ${location.origin}`)]),
    ])]);
  }
  const fitting = fittingWorkers(workers, look.show.value, look.text.value);
  if (fitting.length === 0) {
    return h('div', { class: 'sheet' }, [noneFits(look, workers.length)]);
  }
  const order = () => fitting.map((worker) => worker.id);
  const { columns, cells } = VIEWS[look.view.value] ?? VIEWS.now;
  return h('div', [
    h(Rows, {
      key: me.role,
      columns: [...(may('wrangler') ? [{ word: everyone(fitting, selected), kind: 'col-check' }] : []), { word: say('workers.name') }, { word: say('workers.status') }, ...columns(days), ...(may('wrangler') ? [{ word: h('span', { class: 'hidden-visually' }, say('workers.actions')), kind: 'row-menu' }] : [])],
      rows: fitting, list, label: say('workers.title'), menus: may('wrangler'),
      cells: (worker) => row(worker, selected, order, [...cells(worker, { days, selected, sleep }), menu(worker, actions)]),
      select: may('wrangler') ? (worker, range) => selected.toggle(worker.id, { range, order: order() }) : null,
      open: (worker) => goTo(`/workers/${worker.id}`),
    }),
    fitting.length < workers.length ? h('p', { class: 'quiet small list-foot' }, say('list.shown', { n: fitting.length, all: workers.length })) : null,
  ]);
}

function noneFits({ show, text }, all) {
  const clear = () => { show.value = ''; text.value = ''; };
  const kinds = show.value === '' ? '' : listOf(show.value.split(',').map((kind) => say(`ledger.${kind}`)));
  return nothing('search', say('workers.noneFit', { text: text.value, kinds, by: text.value === '' ? 'kind' : 'text' }),
    say('workers.noneFitHint', { n: all }), [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))]);
}

/** Those that fit what the address wants. */
export const fittingWorkers = (workers, show, text) => (show === '' && text === '' ? workers : workers.filter((worker) => fits(worker, show, text)));

function fits(worker, show, text) {
  if (show !== '' && !show.split(',').includes(standing(worker))) {
    return false;
  }
  const words = `${worker.nickname} ${worker.platform} ${worker.address} ${worker.software} ${worker.current_task?.name ?? ''}`.toLowerCase();
  return words.includes(text.trim().toLowerCase());
}

function everyone(fitting, selected) {
  const number = selected.size.value === 0 ? 0 : fitting.filter((worker) => selected.has(worker.id)).length;
  return h('input', {
    class: 'check', type: 'checkbox', 'aria-label': say('workers.selectAll'), checked: number > 0 && number === fitting.length, indeterminate: number > 0 && number < fitting.length,
    onChange: () => (number === fitting.length ? selected.clear() : selected.set(fitting.map((worker) => worker.id))),
  });
}

/** What stands between the status and the menu in each view. */
const VIEWS = {
  now: {
    columns: () => [{ word: say('workers.doing') }, { word: say('workers.lastHours'), kind: 'col-strip' }, { word: say('workers.seen'), kind: 'wide' }, { word: say('workers.software'), kind: 'wide' }],
    cells: (worker, { days }) => [
      h('td', { class: 'card-line card-doing' }, [doing(worker)]),
      h('td', { class: 'card-line col-strip' }, [past(worker, days)]),
      h('td', { class: 'num wide' }, worker.last_activity ? ago(worker.last_activity, clock.now) : say('workers.never')),
      h('td', { class: 'wide' }, [h('span', { class: 'two' }, [h('span', { class: 'clip' }, worker.software), h('span', worker.address)])]),
    ],
  },
  timeline: {
    columns: (days) => [{ word: days ? dayAxis(days) : '', kind: 'col-day' }],
    cells: (worker, { days }) => [h('td', { class: 'card-line col-day' }, [past(worker, days)])],
  },
  schedule: { columns: sleepColumns, cells: sleepCells },
};

const row = (worker, selected, order, cells) => ({
  properties: { 'aria-selected': selected.has(worker.id) ? 'true' : undefined, 'data-worker-id': worker.id, 'data-dim': worker.status === 'offline' ? '' : undefined },
  cells: [
    may('wrangler') ? h('td', { class: 'col-check' }, [h('input', {
      class: 'check', type: 'checkbox', checked: selected.has(worker.id), 'aria-label': say('workers.select', { name: worker.nickname }),
      onClick: (event) => selected.toggle(worker.id, { range: event.shiftKey, order: order() }),
    })]) : null,
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [link(`/workers/${worker.id}`, worker.nickname || worker.address), h('span', worker.platform)])]),
    h('td', [h('span', { class: 'two' }, [statusOf(worker.status, { atWork: atWork(worker) }), requested(worker)])]),
    ...cells,
  ],
});

const menu = (worker, actions) => (may('wrangler')
  ? h('td', { class: 'row-menu' }, [h(Menu, { sign: 'more', label: say('workers.actionsOf', { name: worker.nickname }), items: () => actions(worker) })])
  : null);

const SHARES = [0, 0.25, 0.5, 0.75];

/** The hours above the days of the workers. */
function dayAxis({ since, now }) {
  const [from, until] = [Date.parse(since), Date.parse(now)];
  return h('div', { class: 'horizon-axis' }, [
    ...SHARES.map((share) => h('span', { style: { '--at': `${100 * share}%` } }, clockTime(from + (until - from) * share))),
    h('span', { style: { '--at': '100%' } }, say('job.axisNow', { time: clockTime(until) })),
  ]);
}

function past({ id }, days) {
  if (!days?.workers[id]) {
    return null;
  }
  const [from, until] = [Date.parse(days.since), Date.parse(days.now)];
  const { work, free, asleep } = use(days.workers[id], from, until);
  return workerStrip(days.workers[id], from, until, { label: say('worker.day', { work: span(work), free: span(free), asleep: span(asleep) }) });
}

/** What was asked of the worker; the arrow is dashed when it comes after the task. */
export const requested = (worker) => (worker.status_requested && worker.status_requested !== worker.status
  ? h('span', { class: 'next' }, [
    icon(worker.lazy_status_request ? 'arrow-later' : 'arrow'),
    say(worker.lazy_status_request ? 'workers.nextLazy' : 'workers.nextNow', { status: statusWord(worker.status_requested).toLowerCase() }),
  ])
  : null);

const doing = (worker) => (atWork(worker)
  ? h('span', { class: 'two' }, [
    link(`/tasks/${worker.current_task.id}/log`, worker.current_task.name),
    h('span', { class: 'num' }, say('workers.at', { n: Math.round(worker.current_task.task_progress_percentage ?? 0) })),
  ])
  : h('span', { class: 'quiet' }, whyNothing(worker)));

/** Why a worker does nothing, as one clause. */
export const whyNothing = (worker) => say('workers.why', { status: worker.status, when: ago(worker.last_activity, clock.now), types: count(worker.supported_task_types?.length ?? 0) });
