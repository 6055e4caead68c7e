/** The farm: how it stands, its workers, what needs a person, the latest picture, the queue, and what happened. */
import { manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { announceTask } from '../announcer.js';
import { brand } from '../brand.js';
import { clock } from '../clock.js';
import { bindHere } from '../keys.js';
import { farmHorizon } from '../drawings/timeline.js';
import { byId, liveList } from '../live-list.js';
import { atMostEvery, every, loaded, orElse, untilGone } from '../loading.js';
import { attention, readyTasks } from '../model/attention.js';
import { beginOf } from '../model/timeline.js';
import { workerAfter, workerAfterTask } from '../model/deltas.js';
import { choice, icon, lead, ledgerItem, narrow, nothing, panel, rich, search } from '../parts.js';
import { Menu } from '../menu.js';
import { inAddress, link } from '../router.js';
import { selection } from '../selection.js';
import { atWork, look, old, standing } from '../status.js';
import { toast } from '../toasts.js';
import { computed, h, ref, watch } from '../vue.js';
import { ago, count, say, statusWord } from '../words/words.js';
import { feed, feedPanel } from './feed.js';
import { latestPicture } from './latest-picture.js';
import { actionsOnWorkers } from '../worker-actions.js';
import { fittingWorkers, workersTable } from './workers-table.js';

const names = new Intl.Collator(undefined, { numeric: true });
/** So many workers have their strip drawn: those at the head of the list. */
const MOST_DAYS = 100;
const LEDGER = ['work', 'free', 'starting', 'asleep', 'timeout', 'error', 'testing', 'shutdown', 'offline'];

export default {
  setup() {
    const farm = loaded(manager.farm);
    const workers = liveList((a, b) => names.compare(a.nickname, b.nickname) || byId(a, b));
    const allWorkers = loaded(async () => {
      workers.set((await manager.workers()).workers);
      selected.keep((id) => workers.find(id) !== undefined);
      return true;
    });
    const load = loaded(manager.load);
    const minutes = inAddress('minutes', '120');
    const days = loaded(() => manager.days(fittingWorkers(present.value, show.value, text.value).slice(0, MOST_DAYS).map(({ id }) => id), minutes.value));
    const daysAgain = atMostEvery(2000, days.reload);
    const show = inAddress('show');
    const text = inAddress('q');
    const latest = ref(null);
    const events = feed();

    const byAge = computed(() => Map.groupBy(workers.rows.value, (worker) => old(worker, Date.now())));
    const present = computed(() => byAge.value.get(false) ?? []);
    const forgotten = computed(() => byAge.value.get(true) ?? []);
    const working = computed(() => present.value.filter(atWork).length);
    const needs = computed(() => attention(farm.state.value ?? {}, present.value, clock.now));

    const selected = selection('workers');
    const chosen = computed(() => (selected.size.value === 0 ? [] : workers.rows.value.filter((worker) => selected.has(worker.id))));
    const doFirst = (action) => () => actionsOnWorkers(chosen.value, () => allWorkers.reload()).find((candidate) => candidate.action === action)?.act();
    bindHere([
      { keys: 'Ctrl a', word: 'keys.selectAll', act: () => selected.set(fittingWorkers(present.value, show.value, text.value).map((worker) => worker.id)) },
      { keys: 'Escape', word: 'keys.clear', act: () => (selected.size.value > 0 ? selected.clear() : false) },
      { keys: 's', word: 'keys.sleep', act: doFirst('sleep') },
      { keys: 'w', word: 'keys.wake', act: doFirst('wake') },
      { keys: 'a', word: 'keys.acknowledge', act: doFirst('acknowledge') },
    ]);
    const kick = ref('ready');
    async function fetchTasks() {
      kick.value = 'busy';
      try {
        await manager.kick();
      } catch (error) {
        if (!error.quiet) {
          toast(error.message, { failed: true });
        }
      } finally {
        kick.value = 'ready';
      }
    }

    const summary = atMostEvery(1000, farm.reload);
    const reload = () => { void farm.reload(); void allWorkers.reload(); };
    const newcomers = atMostEvery(500, allWorkers.reload);

    watch(() => farm.state.value, (value) => {
      if (value) {
        brand.name = value.manager_name;
        latest.value = value.latest_image ?? latest.value;
      }
    });
    watch([present, working], () => {
      const awake = present.value.filter((worker) => worker.status === 'awake').length;
      brand.share = awake === 0 ? 0 : working.value / awake;
      document.title = say('farm.title', { name: brand.name, n: working.value });
    });

    reload();
    void load.reload();
    watch([minutes, show, text], daysAgain);
    watch(() => present.value.length, days.reload, { immediate: true });
    untilGone(
      every(60_000, load.reload),
      every(30_000, days.reload),
      onContact(reload),
      every(15_000, farm.reload),
      every(60_000, allWorkers.reload),
      hear(topics.workerStatus, (fact) => {
        if (!workers.change(fact.worker_id, (worker) => workerAfter(worker, fact))) {
          newcomers();
        }
        if (fact.status !== fact.old_status) {
          events.add(fact.status, say('feed.worker', { name: fact.nickname, status: statusWord(fact.status) }), fact.changed_at, `/workers/${fact.worker_id}`);
        }
        summary();
      }),
      hear(topics.taskStatus, (fact) => {
        workers.changeAll((worker) => workerAfterTask(worker, fact));
        if (fact.status !== fact.old_status) {
          daysAgain();
          announceTask(fact.status);
          events.add(fact.status, taskEvent(fact), fact.changed_at, `/tasks/${fact.task_id}/log`);
          summary();
        }
      }),
      hear(topics.latestImage, (fact) => { latest.value = fact; }),
    );

    return () => orElse(farm, (value) => h('div', [
      lead({ sentence: sentence(value, present.value, working.value), under: under(value, needs.value), actions: [
        h('button', { class: 'btn', type: 'button', disabled: kick.value === 'busy', onClick: fetchTasks }, [icon('kick'), say(kick.value === 'busy' ? 'farm.kicking' : 'farm.kick')]),
      ] }),
      load.state.value === null ? null : horizon(load.state.value),
      ledger(present.value, show, value),
      h('div', { class: 'split' }, [
        h('div', { class: 'main' }, [
          h('section', { 'aria-labelledby': 'workers-title' }, [
            h('div', { class: 'plain-head' }, [h('h2', { id: 'workers-title' }, say('workers.title')), h('span', { class: 'quiet small' }, say('workers.order'))]),
            h('div', { class: 'tools' }, [search(text.value, say('workers.filter'), (wanted) => { text.value = wanted; }), bulkBar(chosen.value, selected, () => allWorkers.reload()) ?? spanChoice(minutes)]),
            orElse(allWorkers, () => workersTable(workers, present.value, { show, text, selected, days: days.state.value, minutes: minutes.value })),
          ]),
        ]),
        h('aside', { class: 'side', 'aria-label': say('farm.side') }, [
          needsPanel(needs.value),
          latestPicture(latest.value),
          queuePanel(value),
          feedPanel(events.list.value),
          oldWorkers(forgotten.value),
        ]),
      ]),
    ]));
  },
};

function horizon({ samples, now }) {
  const end = Date.parse(now);
  return farmHorizon(samples, beginOf(samples.slice(0, 1).map(({ at }) => at), end), end);
}

/** How much of the past the strips show. */
const spanChoice = (minutes) => h('span', { class: 'group push', role: 'group', 'aria-label': say('workers.span') }, [
  choice(minutes.value !== '1440', say('workers.twoHours'), () => { minutes.value = '120'; }), choice(minutes.value === '1440', say('workers.day'), () => { minutes.value = '1440'; }),
]);

/** What can be done with the selected workers, in the place beside the filter. */
function bulkBar(chosen, selected, after) {
  if (chosen.length === 0) {
    return null;
  }
  const actions = actionsOnWorkers(chosen, after);
  const direct = narrow.matches ? 1 : 2;
  return h('div', { class: 'bulk', role: 'toolbar', 'aria-label': say('workers.bulk', { n: chosen.length }) }, [
    h('strong', say('workers.selected', { n: chosen.length })),
    ...actions.slice(0, direct).map(({ action, icon: name, word, act }) => h('button', { key: action, class: 'btn', type: 'button', onClick: act }, [icon(name), word])),
    actions.length > direct ? h(Menu, { key: 'more', label: say('job.more'), items: actions.slice(direct) }) : null,
    h('button', { class: 'btn end', type: 'button', onClick: selected.clear }, [say('workers.clear'), h('kbd', 'Esc')]),
  ]);
}

const taskEvent = (fact) => (fact.worker
  ? say('feed.taskOn', { name: fact.name, status: statusWord(fact.status), worker: fact.worker })
  : say('feed.task', { name: fact.name, status: statusWord(fact.status) }));

function sentence(farm, workers, working) {
  if (workers.length === 0) {
    return rich('farm.empty');
  }
  const numbers = { all: workers.length, ready: readyTasks(farm) };
  if (working > 0) {
    return rich('farm.active', { ...numbers, n: working });
  }
  const having = (...wanted) => workers.filter((worker) => wanted.includes(worker.status)).length;
  return rich('farm.standing', {
    ...numbers, status: farm.status, awake: having('awake', 'testing'), asleep: having('asleep'), offline: having('offline', 'shutdown', 'timeout'), error: having('error'),
  });
}

/** How many tasks have not begun: the Server calls those that the Manager holds claimed. */
const inLine = ({ tasks_by_status: numbers = {} }) => (numbers.queued ?? 0) + (numbers['claimed-by-manager'] ?? 0) + (numbers['soft-failed'] ?? 0);

const under = (farm, needs) => [
  say('farm.waiting', { n: inLine(farm), failed: farm.tasks_by_status?.failed ?? 0 }),
  ' ',
  say('farm.needs', { n: needs.length }),
];

function ledger(workers, show, farm) {
  const numbers = new Map();
  workers.forEach((worker) => numbers.set(standing(worker), (numbers.get(standing(worker)) ?? 0) + 1));
  const chosen = show.value.split(',').filter((kind) => kind !== '');
  const choose = (kind) => (event) => {
    const without = chosen.filter((other) => other !== kind);
    const added = chosen.includes(kind) ? without : [...without, kind];
    show.value = event.shiftKey ? added.join(',') : chosen.length === 1 && chosen[0] === kind ? '' : kind;
  };
  const item = (kind) => {
    const { icon: name, family } = kind === 'work' ? look('awake', true) : look(kind === 'free' ? 'awake' : kind);
    return ledgerItem({ number: count(numbers.get(kind)), label: say(`ledger.${kind}`), name, family, pressed: chosen.includes(kind), choose: choose(kind) });
  };
  return h('div', { class: 'ledger', role: 'group', 'aria-label': say('ledger.label') }, [
    ledgerItem({ number: count(workers.length), label: say('ledger.all'), pressed: chosen.length === 0, choose: () => { show.value = ''; } }),
    ...LEDGER.filter((kind) => numbers.has(kind)).map(item),
    h('div', { class: 'ledger-rest' }, [
      farm.server ? h('span', [say('farm.server'), ' ', h('a', { href: farm.server.url }, farm.server.name)]) : null,
      h('span', { class: 'num' }, say('farm.version', { version: farm.version })),
    ]),
  ]);
}

const ATTENTION = {
  error: { look: 'error', href: (entry) => `/workers/${entry.worker.id}` },
  timeout: { look: 'timeout', href: (entry) => `/workers/${entry.worker.id}` },
  failed: { look: 'failed', href: () => '/queue?status=failed' },
  nobody: { look: 'asleep', href: () => '/?show=asleep,offline' },
  outbox: { look: 'timeout', href: null },
  server: { look: 'timeout', href: null },
};

const needsPanel = (needs) => h('section', { class: ['panel', needs.length > 0 ? 'attend' : ''], 'aria-labelledby': 'needs-title' }, [
  h('div', { class: 'panel-head' }, [h('h2', { id: 'needs-title' }, say('needs.title')), h('span', { class: 'push small quiet' }, needs.length > 0 ? count(needs.length) : '')]),
  needs.length === 0
    ? h('p', { class: 'panel-body small st', 'data-family': 'done' }, [icon('completed'), say('needs.none')])
    : h('ul', needs.map((entry) => {
      const parameters = { name: entry.worker?.nickname ?? '', n: entry.n ?? 0, when: ago(entry.since ?? entry.worker?.last_activity, clock.now) };
      const { look: status, href } = ATTENTION[entry.kind];
      return h('li', { key: entry.kind + (entry.worker?.id ?? ''), 'data-family': look(status).family }, [
        icon(look(status).icon),
        h('div', [h('strong', say(`needs.${entry.kind}`, parameters)), h('br'), h('span', { class: 'quiet' }, say(`needs.${entry.kind}.do`, parameters))]),
        href ? link(href(entry), say('needs.open'), { 'aria-label': say('needs.openIt', { name: parameters.name || statusWord(status) }) }) : h('span'),
      ]);
    })),
]);

function queuePanel(farm) {
  const ready = Object.entries(farm.ready_by_type ?? {}).filter(([, number]) => number > 0);
  const queued = inLine(farm);
  const entry = (title, hint, number) => h('li', [h('span', { class: 'two' }, [h('span', title), h('span', hint)]), h('b', count(number))]);
  return panel(say('queue.title'), h('ul', { class: 'panel-body ledgerlist' }, [
    entry(link('/queue', say('queue.ready')), ready.map(([type, number]) => `${count(number)} ${type}`).join(', ') || say('queue.noneReady'), readyTasks(farm)),
    entry(say('queue.waiting'), say('queue.waitingHint'), Math.max(0, queued - readyTasks(farm))),
    entry(say('queue.outbox'), farm.last_push ? say('queue.lastPush', { when: ago(farm.last_push, clock.now) }) : say('queue.neverPushed'), farm.upstream_queue_size ?? 0),
  ]), { id: 'queue-title' });
}

const oldWorkers = (workers) => (workers.length === 0 ? null : h('details', { class: 'panel' }, [
  h('summary', { class: 'panel-head' }, [h('span', { class: 'turn' }, [icon('right')]), say('workers.old', { n: workers.length })]),
  h('ul', { class: 'panel-body small' }, workers.map((worker) => h('li', { key: worker.id, class: 'row', 'data-wide': '' }, [
    link(`/workers/${worker.id}`, worker.nickname || worker.address), h('span', { class: 'quiet' }, ago(worker.last_activity, clock.now)),
  ]))),
]));
