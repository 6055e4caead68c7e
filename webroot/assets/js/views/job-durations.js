/** How long the tasks of a job ran: where frames are slow, and which tasks took much longer than the others. */
import { server } from '../api.js';
import { durationMark, durationsLabel, durationsPlot } from '../drawings/durations.js';
import { atMostEvery, loaded, untilGone } from '../loading.js';
import { byType, median, named, outliers } from '../model/durations.js';
import { choice } from '../parts.js';
import { computed, h, ref, watch } from '../vue.js';
import { length, say, statusWord } from '../words/words.js';

const AT_MOST_EVERY_MS = 3000;
const MOST_NAMED = 5;

export const JobDurations = {
  props: {
    job: { type: String, required: true },
    /** How many tasks have ended; the plot is drawn anew when it changes. */
    ended: { type: Number, required: true },
    choose: { type: Function, required: true },
  },
  setup(props) {
    const runs = loaded(async () => named(await server.durations(props.job)));
    const types = computed(() => byType(runs.state.value ?? []));
    const chosen = ref('');
    const shown = computed(() => types.value.find(({ type }) => type === chosen.value) ?? types.value[0]);
    void runs.reload();
    const again = atMostEvery(AT_MOST_EVERY_MS, runs.reload);
    untilGone(watch(() => props.ended, again));

    return () => (shown.value === undefined ? null : h('section', { class: 'panel', 'aria-labelledby': 'durations-title' }, [
      h('div', { class: 'panel-head' }, [
        h('h2', { id: 'durations-title' }, say('durations.title')),
        h('span', { class: 'quiet small' }, say('durations.middle', { middle: length(median(shown.value.runs)) })),
        types.value.length < 2 ? null : h('span', { class: 'push group', role: 'group', 'aria-label': say('durations.type') },
          types.value.map(({ type }) => choice(type === shown.value.type, type, () => { chosen.value = type; }))),
      ]),
      h('div', { class: 'panel-body grid-body' }, [
        durationsPlot(shown.value.runs, durationsLabel(shown.value.type, shown.value.runs)),
        h('ul', { class: 'legend' }, [...new Set(shown.value.runs.map(({ status }) => status))].map((status) => h('li', { key: status }, [durationMark(status), statusWord(status)]))),
        slowest(outliers(shown.value.runs, MOST_NAMED), props.choose),
      ]),
    ]));
  },
};

const slowest = (runs, choose) => (runs.length === 0 ? null : h('p', { class: 'small slowest' }, [
  `${say('durations.slowest')} `,
  ...runs.flatMap((run, index) => [index > 0 ? ', ' : '', h('button', { class: 'btn', 'data-kind': 'link', type: 'button', onClick: () => choose(run) }, say('durations.one', { name: run.name, time: length(run.seconds) }))]),
]));
