/** The workers of all Managers, and orders for many of them at once. Their Managers fetch the orders with their next report. */
import { server } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { actionsOnCrew } from '../crew-actions.js';
import { bindHere } from '../keys.js';
import { byId, liveList } from '../live-list.js';
import { every, loaded, orElse, untilGone } from '../loading.js';
import { byName } from '../model/by-name.js';
import { orderButtons } from '../order-buttons.js';
import { may } from '../visitor.js';
import { icon, lead, ledgerItem, narrow, nothing, rich, search, statusOf } from '../parts.js';
import { inAddress, link } from '../router.js';
import { selection } from '../selection.js';
import { Rows } from '../rows.js';
import { look, statuses } from '../status.js';
import { computed, h } from '../vue.js';
import { ago, count, say, statusWord } from '../words/words.js';

const EVERY_MS = 15_000;
const byPlace = (a, b) => byName(a.manager_name, b.manager_name) || byName(a.nickname, b.nickname) || byId(a, b);

/** A worker after `server.worker.status-changed`. */
const after = (worker, fact) => ({ ...worker, status: fact.status, status_requested: fact.status_requested });

export default {
  setup() {
    const status = inAddress('status');
    const manager = inAddress('manager');
    const text = inAddress('q');
    const workers = liveList(byPlace);
    const selected = selection('crews');
    const all = loaded(async () => {
      const list = await server.workers();
      workers.set(list);
      const known = new Set(list.map(({ id }) => id));
      selected.keep((id) => known.has(id));
      return true;
    });
    document.title = say('crews.title');
    void all.reload();
    untilGone(onContact(all.reload), every(EVERY_MS, all.reload), hear(topics.serverWorkerStatus, (fact) => {
      if (!workers.change(fact.worker_id, (worker) => after(worker, fact))) {
        void all.reload();
      }
    }));

    const fits = (worker) => (status.value === '' || worker.status === status.value) && (manager.value === '' || worker.manager === manager.value)
      && `${worker.nickname} ${worker.address} ${worker.platform} ${worker.software} ${worker.manager_name}`.toLowerCase().includes(text.value.trim().toLowerCase());
    const fitting = computed(() => workers.rows.value.filter(fits));
    const order = () => fitting.value.map(({ id }) => id);
    const chosen = computed(() => workers.rows.value.filter(({ id }) => selected.has(id)));
    const doFirst = (action) => () => actionsOnCrew(chosen.value, all.reload).find((candidate) => candidate.action === action)?.act();
    bindHere([
      { keys: 'Ctrl a', word: 'keys.selectAll', act: () => selected.set(order()) },
      { keys: 'Escape', word: 'keys.clear', act: () => (selected.size.value > 0 ? selected.clear() : false) },
      { keys: 's', word: 'keys.sleep', act: doFirst('sleep'), orders: true },
      { keys: 'w', word: 'keys.wake', act: doFirst('wake'), orders: true },
    ]);
    const clear = () => { status.value = ''; text.value = ''; manager.value = ''; };

    return () => orElse(all, () => {
      const list = workers.rows.value;
      if (list.length === 0) {
        return h('div', [lead({ sentence: say('crews.none') }), h('div', { class: 'sheet' }, [nothing('workers', say('workers.none'), say('crews.noneHint'), [link('/managers', say('nav.managers'))])])]);
      }
      return h('div', [
        lead({ sentence: rich('crews.sentence', { n: list.length, awake: list.filter((worker) => worker.status === 'awake').length, busy: list.filter((worker) => worker.current_task).length, trouble: list.filter(({ status: now }) => ['error', 'timeout'].includes(now)).length }) }),
        ledger(list, status),
        h('div', { class: 'tools' }, [
          search(text.value, say('crews.filter'), (value) => { text.value = value; }),
          managerChoice(list, manager),
          may('order-workers') ? bar(chosen.value, selected, all.reload) : null,
        ]),
        fitting.value.length === 0
          ? h('div', { class: 'sheet' }, [nothing('search', say('crews.noneFit'), say('workers.noneFitHint', { n: list.length }), [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))])])
          : h(Rows, {
            columns: columns(fitting.value, selected), rows: fitting.value, list: workers, label: say('crews.title'),
            cells: (worker) => row(worker, selected, order), select: may('order-workers') ? (worker, range) => selected.toggle(worker.id, { range, order: order() }) : null,
          }),
      ]);
    });
  },
};

function ledger(workers, status) {
  const numbers = Map.groupBy(workers, (worker) => worker.status);
  return h('div', { class: 'ledger', role: 'group', 'aria-label': say('ledger.label') }, [
    ledgerItem({ number: count(workers.length), label: say('ledger.all'), pressed: status.value === '', choose: () => { status.value = ''; } }),
    ...statuses.filter((wanted) => numbers.has(wanted)).map((wanted) => ledgerItem({
      number: count(numbers.get(wanted).length), label: statusWord(wanted).toLowerCase(), name: look(wanted).icon, family: look(wanted).family,
      pressed: status.value === wanted, choose: () => { status.value = status.value === wanted ? '' : wanted; },
    })),
  ]);
}

function managerChoice(workers, manager) {
  const names = new Map(workers.map((worker) => [worker.manager, worker.manager_name]));
  return names.size < 2 && manager.value === '' ? null : h('select', { class: 'select', 'aria-label': say('managers.name'), value: manager.value, onChange: (event) => { manager.value = event.target.value; } }, [
    h('option', { value: '' }, say('crews.allManagers')), ...[...names].map(([id, name]) => h('option', { value: id, selected: id === manager.value }, name)),
  ]);
}

function bar(chosen, selected, reload) {
  if (chosen.length === 0) {
    return null;
  }
  const actions = actionsOnCrew(chosen, reload);
  return h('div', { class: 'bulk', role: 'toolbar', 'aria-label': say('workers.bulk', { n: chosen.length }) }, [
    h('strong', say('workers.selected', { n: chosen.length })),
    ...orderButtons(actions, narrow.matches ? 1 : 3),
    h('button', { class: 'btn end', type: 'button', onClick: selected.clear }, [say('workers.clear'), h('kbd', 'Esc')]),
  ]);
}

function everyone(fitting, selected) {
  const number = fitting.filter(({ id }) => selected.has(id)).length;
  return h('input', {
    class: 'check', type: 'checkbox', 'aria-label': say('workers.selectAll'), checked: number > 0 && number === fitting.length, indeterminate: number > 0 && number < fitting.length,
    onChange: () => (number === fitting.length ? selected.clear() : selected.set(fitting.map(({ id }) => id))),
  });
}

const columns = (fitting, selected) => [
  ...(may('order-workers') ? [{ word: everyone(fitting, selected), kind: 'col-check' }] : []),
  { word: say('workers.name') }, { word: say('workers.status') }, { word: say('workers.doing') }, { word: say('managers.name') }, { word: say('workers.seen'), kind: 'wide' }, { word: say('workers.software'), kind: 'wide' },
];

const row = (worker, selected, order) => ({
  properties: { 'data-worker-id': worker.id, 'aria-selected': selected.has(worker.id) ? 'true' : undefined, 'data-dim': worker.manager_silent || worker.status === 'offline' ? '' : undefined },
  cells: [
    ...(may('order-workers') ? [h('td', { class: 'col-check' }, [h('input', {
      class: 'check', type: 'checkbox', checked: selected.has(worker.id), 'aria-label': say('workers.select', { name: worker.nickname }),
      onClick: (event) => selected.toggle(worker.id, { range: event.shiftKey, order: order() }),
    })])] : []),
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [h('span', worker.nickname || worker.address), h('span', worker.platform)])]),
    h('td', [h('span', { class: 'two' }, [statusOf(worker.status, { atWork: Boolean(worker.current_task) }), requested(worker)])]),
    h('td', { class: 'card-line' }, [worker.current_job ? link(`/jobs/${worker.current_job}?task=${worker.current_task}`, say('crews.atTask')) : h('span', { class: 'quiet' }, say('worker.nothing'))]),
    h('td', { class: 'card-line' }, [h('span', { class: 'two' }, [h('span', worker.manager_name), h('span', worker.manager_silent ? say('crews.silent', { when: ago(worker.reported, clock.now) }) : '')])]),
    h('td', { class: 'num wide' }, worker.last_activity ? ago(worker.last_activity, clock.now) : say('workers.never')),
    h('td', { class: 'wide' }, [h('span', { class: 'two' }, [h('span', { class: 'clip' }, worker.software), h('span', worker.address)])]),
  ],
});

/** What the Manager wants of the worker. */
const requested = (worker) => (worker.status_requested && worker.status_requested !== worker.status
  ? h('span', { class: 'next' }, [icon('arrow'), say('crews.next', { status: statusWord(worker.status_requested).toLowerCase() })])
  : null);
