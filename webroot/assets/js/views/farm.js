/** The farm: how it stands, its workers, the latest picture, the queue, and what happened. */
import { manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { atMostEvery, clock, computed, h, icon, loaded, nothing, orElse, percentBar, reactive, ref, statusOf, untilGone, watch } from '../parts.js';
import { link } from '../router.js';
import { ago, count, say, statusWord, timeOfDay } from '../words/words.js';
import { look } from '../status.js';
import { taskTable } from './task-table.js';

const LONGEST_FEED = 12;

/** What the top bar shows of the farm. */
export const brand = reactive({ name: 'Flamenco', share: 0 });

const atWork = (worker) => worker.status === 'awake' && worker.current_task?.status === 'active';

function sentence(farm, workers) {
  const working = workers.filter(atWork).length;
  if (workers.length === 0) {
    return say('farm.empty');
  }
  if (working > 0) {
    return say('farm.active', { n: working, all: workers.length });
  }
  const ready = Object.values(farm.ready_by_type ?? {}).reduce((sum, n) => sum + n, 0);
  const awake = workers.filter((worker) => worker.status === 'awake').length;
  const numbers = { idle: awake, waiting: ready }[farm.status] ?? awake;
  return say(`farm.${farm.status}`, { n: numbers, all: workers.length });
}

const ledgerItem = (status, number, filter) =>
  h('button', {
    class: 'ledger-item',
    type: 'button',
    'aria-pressed': String(filter.status === status),
    onClick: () => { filter.status = filter.status === status ? '' : status; },
  }, [h('b', count(number)), h('span', { class: 'st', 'data-family': status ? look(status).family : undefined },
    status === '' ? say('workers.all') : [icon(look(status).icon), statusWord(status)])]);

function ledger(workers, filter) {
  const counts = new Map();
  workers.forEach((worker) => counts.set(worker.status, (counts.get(worker.status) ?? 0) + 1));
  return h('div', { class: 'ledger' }, [
    ledgerItem('', workers.length, filter),
    ...[...counts].filter(([status]) => status !== '').map(([status, number]) => ledgerItem(status, number, filter)),
  ]);
}

const doing = (worker) => worker.current_task && atWork(worker)
  ? link(`/tasks/${worker.current_task.id}/log`, worker.current_task.name)
  : h('span', { class: 'quiet' }, say('workers.free'));

const workerRow = (worker) =>
  h('tr', { key: worker.id, 'data-worker-id': worker.id }, [
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [h('span', worker.nickname || worker.address), h('span', worker.platform)])]),
    h('td', [h('span', { class: 'two' }, [
      statusOf(worker.status, { atWork: atWork(worker) }),
      worker.status_requested
        ? h('span', { class: 'next' }, [icon(worker.lazy_status_request ? 'arrow-later' : 'arrow'), say('workers.next', { status: statusWord(worker.status_requested).toLowerCase() })])
        : null,
    ])]),
    h('td', [doing(worker)]),
    h('td', { class: 'card-line' }, [atWork(worker) ? percentBar(worker.current_task.task_progress_percentage ?? 0) : null]),
    h('td', { class: 'num' }, worker.last_activity ? ago(worker.last_activity, clock.now) : say('workers.never')),
    h('td', { class: 'wide' }, [h('span', { class: 'two' }, [h('span', worker.software), h('span', worker.address)])]),
  ]);

function fits(worker, filter) {
  const text = filter.text.trim().toLowerCase();
  const words = `${worker.nickname} ${worker.platform} ${worker.address} ${worker.current_task?.name ?? ''}`.toLowerCase();
  return (filter.status === '' || worker.status === filter.status) && words.includes(text);
}

function workersTable(workers, filter) {
  if (workers.length === 0) {
    return h('div', { class: 'sheet' }, [nothing('workers', say('workers.none'), say('workers.noneHint'))]);
  }
  const fitting = workers.filter((worker) => fits(worker, filter));
  if (fitting.length === 0) {
    return h('div', { class: 'sheet' }, [h('div', { class: 'nothing' }, [
      h('h3', say('workers.noneFit', { text: filter.text || statusWord(filter.status) })),
      h('button', { class: 'btn', type: 'button', onClick: () => { filter.text = ''; filter.status = ''; } }, say('workers.clear')),
    ])]);
  }
  return h('div', { class: 'sheet table-scroll cards', 'data-plain': '' }, [h('table', [
    h('thead', [h('tr', [
      h('th', say('workers.name')), h('th', say('workers.status')), h('th', say('workers.doing')),
      h('th', say('workers.progress')), h('th', say('workers.seen')), h('th', { class: 'wide' }, say('workers.software')),
    ])]),
    h('tbody', fitting.map(workerRow)),
  ])]);
}

const picture = (latest) => latest
  ? h('figure', { class: 'well' }, [
    h('img', { src: latest.url, alt: say('image.alt'), 'data-latest-image': '' }),
    h('figcaption', { class: 'well-foot' }, [
      latest.task_id ? link(`/tasks/${latest.task_id}/log`, say('image.title')) : h('span', say('image.title')),
      h('span', { class: 'push' }, ago(latest.produced_at, clock.now)),
    ]),
  ])
  : h('section', { class: 'panel' }, [nothing('picture', say('image.title'), say('image.none'))]);

function queue(farm) {
  const ready = Object.entries(farm.ready_by_type ?? {}).filter(([, number]) => number > 0);
  const total = ready.reduce((sum, [, number]) => sum + number, 0);
  return h('section', { class: 'panel' }, [
    h('div', { class: 'panel-head' }, [h('h2', say('queue.title'))]),
    h('ul', { class: 'panel-body ledgerlist' }, [
      h('li', [h('span', { class: 'two' }, [h('span', say('queue.ready')), h('span', ready.map(([type, number]) => `${count(number)} ${type}`).join(', '))]), h('b', count(total))]),
      h('li', [h('span', { class: 'two' }, [
        h('span', say('queue.outbox')),
        h('span', farm.last_push ? say('queue.lastPush', { when: ago(farm.last_push, clock.now) }) : say('queue.neverPushed')),
      ]), h('b', count(farm.upstream_queue_size ?? 0))]),
      farm.server ? h('li', [h('span', say('queue.server')), h('a', { href: farm.server.url }, farm.server.name)]) : null,
    ]),
  ]);
}

const feedPanel = (feed) => h('section', { class: 'panel' }, [
  h('div', { class: 'panel-head' }, [h('h2', say('feed.title'))]),
  h('div', { class: 'panel-body' }, feed.length === 0
    ? [h('p', { class: 'quiet small' }, say('feed.none'))]
    : [h('ol', { class: 'feed' }, feed.map((event) => h('li', { key: event.key, 'data-family': look(event.status).family }, [
      h('time', timeOfDay(event.at).slice(0, 5)),
      icon(look(event.status).icon),
      h('span', event.text),
    ])))]),
]);

export default {
  setup() {
    const farm = loaded(manager.farm);
    const workers = loaded(async () => (await manager.workers()).workers);
    const tasks = loaded(async () => (await manager.tasks({ limit: 50 })).tasks);
    const filter = reactive({ text: '', status: '' });
    const feed = ref([]);
    const latest = ref(null);
    const note = (status, text, at) => {
      feed.value = [{ key: `${at}${text}`, status, text, at: Date.parse(at) }, ...feed.value].slice(0, LONGEST_FEED);
    };
    const summary = atMostEvery(1000, farm.reload);
    const workerList = atMostEvery(500, workers.reload);
    const taskList = atMostEvery(1000, tasks.reload);
    const all = () => [farm, workers, tasks].forEach((part) => part.reload());

    watch(() => farm.state.value, (value) => {
      brand.name = value.manager_name;
      latest.value ??= value.latest_image;
    });
    watch(() => workers.state.value, (list) => {
      const awake = list.filter((worker) => worker.status === 'awake').length;
      brand.share = awake === 0 ? 0 : list.filter(atWork).length / awake;
      document.title = say('farm.title', { name: brand.name, n: list.filter(atWork).length });
    });

    all();
    untilGone(
      onContact(all),
      hear(topics.workerStatus, (fact) => {
        if (fact.status !== fact.old_status) {
          note(fact.status, say('feed.worker', { name: fact.nickname, status: statusWord(fact.status) }), fact.changed_at);
        }
        workerList();
        summary();
      }),
      hear(topics.taskStatus, (fact) => {
        if (fact.status !== fact.old_status) {
          note(fact.status, say('feed.task', { name: fact.name, status: statusWord(fact.status) }), fact.changed_at);
        }
        workerList();
        taskList();
        summary();
      }),
      hear(topics.latestImage, (fact) => { latest.value = fact; }),
    );

    const sorted = computed(() => [...(workers.state.value ?? [])].sort((a, b) => a.nickname.localeCompare(b.nickname)));
    return () => orElse(farm, (value) => h('div', [
      h('div', { class: 'lead' }, [h('div', { class: 'lead-text' }, [
        h('h1', { class: 'sentence' }, sentence(value, sorted.value)),
        h('p', { class: 'under' }, say('farm.ready', { n: Object.values(value.ready_by_type ?? {}).reduce((sum, n) => sum + n, 0) })),
      ])]),
      ledger(sorted.value, filter),
      h('div', { class: 'split' }, [
        h('div', { class: 'main' }, [
          h('section', [
            h('div', { class: 'plain-head' }, [h('h2', say('workers.title'))]),
            h('div', { class: 'tools' }, [h('input', {
              class: 'input', type: 'search', placeholder: say('workers.filter'), 'aria-label': say('workers.filter'),
              value: filter.text, onInput: (event) => { filter.text = event.target.value; },
            })]),
            orElse(workers, () => workersTable(sorted.value, filter)),
          ]),
          h('section', [
            h('div', { class: 'plain-head' }, [h('h2', say('tasks.title'))]),
            orElse(tasks, (list) => list.length === 0
              ? h('div', { class: 'sheet' }, [nothing('queue', say('tasks.none'), say('tasks.noneHint'))])
              : taskTable(list, (task) => `/tasks/${task.id}/log`)),
          ]),
        ]),
        h('aside', { class: 'side' }, [picture(latest.value), queue(value), feedPanel(feed.value)]),
      ]),
    ]));
  },
};
