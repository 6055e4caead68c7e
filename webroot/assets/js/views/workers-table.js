/** The workers of the farm as a table: what each does, or why it does nothing. */
import { clock } from '../clock.js';
import { workerStrip } from '../drawings/timeline.js';
import { use } from '../model/timeline.js';
import { icon, nothing, statusOf } from '../parts.js';
import { goTo, link } from '../router.js';
import { Rows } from '../rows.js';
import { atWork, standing } from '../status.js';
import { h } from '../vue.js';
import { ago, count, listOf, say, span, statusWord } from '../words/words.js';

/** Those workers that fit the filter; `show` and `text` are what the address holds. */
export function workersTable(list, workers, { show, text, selected, days, minutes }) {
  if (workers.length === 0) {
    return h('div', { class: 'sheet' }, [nothing('workers', say('workers.none'), say('workers.noneHint'), [
      h('p', { class: 'command' }, [h('code', `flamenco worker --manager ${location.origin}`)]),
    ])]);
  }
  const fitting = fittingWorkers(workers, show.value, text.value);
  if (fitting.length === 0) {
    const clear = () => { show.value = ''; text.value = ''; };
    const kinds = show.value === '' ? '' : listOf(show.value.split(',').map((kind) => say(`ledger.${kind}`)));
    return h('div', { class: 'sheet' }, [nothing('search', say('workers.noneFit', { text: text.value, kinds, by: text.value === '' ? 'kind' : 'text' }),
      say('workers.noneFitHint', { n: workers.length }), [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))])]);
  }
  const order = () => fitting.map((worker) => worker.id);
  return h('div', [
    h(Rows, { columns: columns(fitting, selected, minutes), rows: fitting, list, label: say('workers.title'), cells: (worker) => row(worker, selected, order, days), select: (worker, range) => selected.toggle(worker.id, { range, order: order() }), open: (worker) => goTo(`/workers/${worker.id}`) }),
    fitting.length < workers.length ? h('p', { class: 'quiet small list-foot' }, say('list.shown', { n: fitting.length, all: workers.length })) : null,
  ]);
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
  const number = fitting.filter((worker) => selected.has(worker.id)).length;
  return h('input', {
    class: 'check', type: 'checkbox', 'aria-label': say('workers.selectAll'), checked: number > 0 && number === fitting.length, indeterminate: number > 0 && number < fitting.length,
    onChange: () => (number === fitting.length ? selected.clear() : selected.set(fitting.map((worker) => worker.id))),
  });
}

const columns = (fitting, selected, minutes) => [
  { word: everyone(fitting, selected), kind: 'col-check' },
  { word: say('workers.name') }, { word: say('workers.status') }, { word: say('workers.doing') },
  { word: say(minutes === '1440' ? 'workers.lastDay' : 'workers.lastHours'), kind: 'col-strip' }, { word: say('workers.seen'), kind: 'wide' }, { word: say('workers.software'), kind: 'wide' },
];

const row = (worker, selected, order, days) => ({
  properties: { 'aria-selected': selected.has(worker.id) ? 'true' : undefined, 'data-worker-id': worker.id, 'data-dim': worker.status === 'offline' ? '' : undefined },
  cells: [
    h('td', { class: 'col-check' }, [h('input', {
      class: 'check', type: 'checkbox', checked: selected.has(worker.id), 'aria-label': say('workers.select', { name: worker.nickname }),
      onClick: (event) => selected.toggle(worker.id, { range: event.shiftKey, order: order() }),
    })]),
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [link(`/workers/${worker.id}`, worker.nickname || worker.address), h('span', worker.platform)])]),
    h('td', [h('span', { class: 'two' }, [statusOf(worker.status, { atWork: atWork(worker) }), requested(worker)])]),
    h('td', { class: 'card-line' }, [doing(worker)]),
    h('td', { class: 'card-line col-strip' }, [days?.workers[worker.id] ? past(days.workers[worker.id], days) : null]),
    h('td', { class: 'num wide' }, worker.last_activity ? ago(worker.last_activity, clock.now) : say('workers.never')),
    h('td', { class: 'wide' }, [h('span', { class: 'two' }, [h('span', { class: 'clip' }, worker.software), h('span', worker.address)])]),
  ],
});

function past(spans, { since, now }) {
  const [from, until] = [Date.parse(since), Date.parse(now)];
  const { work, free, asleep } = use(spans, from, until);
  return workerStrip(spans, from, until, { label: say('worker.day', { work: span(work), free: span(free), asleep: span(asleep) }) });
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
