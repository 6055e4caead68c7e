/** What the farm's page knows: fetched when it opens, then kept true by facts from the bus. */
import { manager } from '../api.js';
import { announceTask } from '../announcer.js';
import { brand } from '../brand.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { byId, liveList } from '../live-list.js';
import { atMostEvery, every, loaded, untilGone } from '../loading.js';
import { attention } from '../model/attention.js';
import { byName } from '../model/by-name.js';
import { workerAfter, workerAfterTask } from '../model/deltas.js';
import { beginOf } from '../model/timeline.js';
import { atWork, old } from '../status.js';
import { computed, ref, watch } from '../vue.js';
import { say, statusWord } from '../words/words.js';
import { feed } from './feed.js';
import { fittingWorkers } from './workers-table.js';

/** So many workers have their strip drawn: those at the head of the list. */
const MOST_DAYS = 100;
const STRIP_MINUTES = 120;
const MINUTE_MS = 60_000;

const taskEvent = (fact) => (fact.worker
  ? say('feed.taskOn', { name: fact.name, status: statusWord(fact.status), worker: fact.worker })
  : say('feed.task', { name: fact.name, status: statusWord(fact.status) }));

/** How long ago the farm's drawings begin. */
function recordedMinutes(load) {
  const now = load === null ? Date.now() : Date.parse(load.now);
  return Math.ceil((now - beginOf(load === null || load.samples.length === 0 ? now : Date.parse(load.samples[0].at), now)) / MINUTE_MS);
}

/** @param look `show`, `text` and `view` of the address, which say whose time is drawn, and how much of it */
export function followedFarm({ show, text, view }) {
  const farm = loaded(manager.farm);
  const workers = liveList((a, b) => byName(a.nickname, b.nickname) || byId(a, b));
  const allWorkers = loaded(async () => {
    workers.set((await manager.workers()).workers);
    return true;
  });
  const byAge = computed(() => Map.groupBy(workers.rows.value, old(Date.now())));
  const present = computed(() => byAge.value.get(false) ?? []);
  const forgotten = computed(() => byAge.value.get(true) ?? []);
  const working = computed(() => present.value.filter(atWork).length);
  const needs = computed(() => attention(farm.state.value ?? {}, present.value, clock.now));
  const latest = ref(null);
  const events = feed();
  const load = loaded(manager.load);
  const days = loaded(() => manager.days(
    fittingWorkers(present.value, show.value, text.value).slice(0, MOST_DAYS).map(({ id }) => id),
    view.value === 'timeline' ? recordedMinutes(load.state.value) : STRIP_MINUTES,
  ));

  const reload = () => { void farm.reload(); void allWorkers.reload(); void load.reload(); };
  const daysAgain = atMostEvery(2000, days.reload);
  const summary = atMostEvery(1000, farm.reload);
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
  watch([show, text], daysAgain);
  watch([view, () => present.value.length, () => load.state.value !== null], days.reload, { immediate: true });

  function workerChanged(fact) {
    if (!workers.change(fact.worker_id, (worker) => workerAfter(worker, fact))) {
      newcomers();
    }
    if (fact.status !== fact.old_status) {
      events.add(fact.status, say('feed.worker', { name: fact.nickname, status: statusWord(fact.status) }), fact.changed_at, `/workers/${fact.worker_id}`);
    }
    summary();
  }
  function taskChanged(fact) {
    workers.changeAll((worker) => workerAfterTask(worker, fact));
    if (fact.status !== fact.old_status) {
      daysAgain();
      announceTask(fact.status);
      events.add(fact.status, taskEvent(fact), fact.changed_at, `/tasks/${fact.task_id}/log`);
      summary();
    }
  }
  reload();
  untilGone(
    every(60_000, load.reload), every(30_000, days.reload), every(15_000, farm.reload), every(60_000, allWorkers.reload), onContact(reload),
    hear(topics.workerStatus, workerChanged), hear(topics.taskStatus, taskChanged), hear(topics.latestImage, (fact) => { latest.value = fact; }),
  );
  return { farm, workers, allWorkers, present, forgotten, working, needs, latest, events, load, days };
}
