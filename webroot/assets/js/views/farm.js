/** The farm: how it stands, its workers, what needs a person, the latest picture, the queue, and what happened. */
import { LIST_AGE_MS } from '../api.js';
import { bindHere } from '../keys.js';
import { FarmHorizon } from '../drawings/timeline.js';
import { atMostEvery, orElse } from '../loading.js';
import { may } from '../me.js';
import { orderButtons } from '../order-buttons.js';
import { choice, icon, lead, narrow, search } from '../parts.js';
import { inAddress } from '../router.js';
import { selection } from '../selection.js';
import { setSchedules } from '../sleep-orders.js';
import { computed, h, ref, watch } from '../vue.js';
import { say } from '../words/words.js';
import { actionsOnWorkers } from '../worker-actions.js';
import { ledger, sentence, under } from './farm-head.js';
import { needsPanel, oldWorkers, queuePanel } from './farm-panels.js';
import { followedFarm } from './farm-state.js';
import { feedPanel } from './feed.js';
import { Kick } from './kick.js';
import { latestPicture } from './latest-picture.js';
import { Pools } from './pools.js';
import { sleepDialog } from './sleep-schedule.js';
import { fittingWorkers, workersTable } from './workers-table.js';

/** So many of the actions stand beside the filter; the rest is in a menu. */
const DIRECT = 2;

export default {
  setup() {
    const look = { show: inAddress('show'), text: inAddress('q'), view: inAddress('view', 'now') };
    const { farm, workers, allWorkers, present, forgotten, working, needs, latest, events, load, days } = followedFarm(look);
    const again = atMostEvery(LIST_AGE_MS, allWorkers.reload);
    const selected = selection('workers');
    watch(() => allWorkers.state.at, () => selected.keep((id) => workers.find(id) !== undefined));
    const chosen = computed(() => (selected.size.value === 0 ? [] : workers.rows.value.filter((worker) => selected.has(worker.id))));
    const sleeping = ref(null);
    const edit = (some) => { sleeping.value = some; };
    const actions = (some) => {
      const found = actionsOnWorkers(some, again);
      const schedule = { action: 'schedule', icon: 'calendar', word: say('sleep.ofThese'), act: () => edit(some) };
      return found.length === 0 ? [] : [...found.slice(0, DIRECT), schedule, ...found.slice(DIRECT)];
    };
    const sleep = {
      edit,
      follow: (worker) => setSchedules([worker], { ...worker.sleep_schedule, schedule_active: !worker.sleep_schedule?.schedule_active }, again),
      copy: (worker) => setSchedules(chosen.value.filter(({ id }) => id !== worker.id), worker.sleep_schedule, again),
    };
    const doFirst = (action) => () => actions(chosen.value).find((candidate) => candidate.action === action)?.act();
    bindHere([
      { keys: 'Ctrl a', word: 'keys.selectAll', act: () => (may('wrangler') ? selected.set(fittingWorkers(present.value, look.show.value, look.text.value).map(({ id }) => id)) : false) },
      { keys: 'Escape', word: 'keys.clear', act: () => (selected.size.value > 0 ? selected.clear() : false) },
      { keys: 's', word: 'keys.sleep', act: doFirst('sleep'), orders: true },
      { keys: 'w', word: 'keys.wake', act: doFirst('wake'), orders: true },
      { keys: 'a', word: 'keys.acknowledge', act: doFirst('acknowledge'), orders: true },
    ]);

    return () => orElse(farm, (value) => h('div', [
      lead({
        sentence: sentence(value, present.value, working.value), under: under(value, needs.value),
        actions: may('wrangler') ? [h(Kick, { tasks: value.nr_of_tasks, reload: farm.reload })] : [],
      }),
      load.state.value === null ? null : h(FarmHorizon, { load: load.state.value, workers: present.value, working: working.value }),
      ledger(present.value, look.show, value),
      h('div', { class: 'split' }, [
        h('div', { class: 'main' }, [
          h('section', { 'aria-labelledby': 'workers-title' }, [
            h('div', { class: 'plain-head' }, [h('h2', { id: 'workers-title' }, say('workers.title')), h('span', { class: 'quiet small' }, say('workers.order')), viewChoice(look.view)]),
            h('div', { class: 'tools' }, [search(look.text.value, say('workers.filter'), (wanted) => { look.text.value = wanted; }), bulkBar(chosen.value, selected, actions)]),
            orElse(allWorkers, () => workersTable(workers, present.value, { look, selected, sleep, days: days.state.value, actions: (worker) => actions([worker]) })),
          ]),
        ]),
        h('aside', { class: 'side', 'aria-label': say('farm.side') }, [
          needsPanel(needs.value, again),
          latestPicture(latest.value),
          queuePanel(value),
          h(Pools),
          feedPanel(events.list.value),
          oldWorkers(forgotten.value, again),
        ]),
      ]),
      sleeping.value ? sleepDialog(sleeping.value, again, () => { sleeping.value = null; }) : null,
    ]));
  },
};

const viewChoice = (view) => h('span', { class: 'group push', role: 'group', 'aria-label': say('workers.view') },
  ['now', 'timeline', 'schedule'].map((kind) => choice(view.value === kind, say(`workers.view.${kind}`), () => { view.value = kind; })));

/** What can be done with the selected workers, in the place beside the filter. */
function bulkBar(chosen, selected, actionsOn) {
  const actions = actionsOn(chosen);
  if (chosen.length === 0 || actions.length === 0) {
    return null;
  }
  return h('div', { class: 'bulk', role: 'toolbar', 'aria-label': say('workers.bulk', { n: chosen.length }) }, [
    h('strong', say('workers.selected', { n: chosen.length })),
    ...orderButtons(actions, narrow.matches ? 1 : DIRECT),
    h('button', { class: 'btn end', type: 'button', onClick: selected.clear }, [say('workers.clear'), h('kbd', 'Esc')]),
  ]);
}
