/** What workers did over time: a strip for one of them, and the load of the whole farm. One path per status. */
import { beginOf, blocks, loadAreas, sampleAt, spanAt, use } from '../model/timeline.js';
import { h } from '../vue.js';
import { clockTime, say, span as length, statusWord } from '../words/words.js';
import { TimeReader } from './time-reader.js';

const WIDTH = 600;
const FARM_WIDTH = 1440;
const HEIGHT = 76;
const LEAST_UNKNOWN_PERCENT = 15;
/** Workers that are not part of the farm just now. */
const NOT_THERE = ['offline', ''];
const FAMILIES = ['rest', 'done', 'test', 'leave', 'work', 'heal', 'stop'];

/**
 * A strip of time for one worker.
 *
 * @param large whether it stands for itself on a page
 */
export function workerStrip(spans, since, now, { large = false, label } = {}) {
  const all = blocks(spans, since, now);
  const height = large ? 40 : 12;
  const path = ({ from, until, low }) => `M${(from * WIDTH).toFixed(2)} ${low ? height * 0.55 : 0}H${(until * WIDTH).toFixed(2)}V${height}H${(from * WIDTH).toFixed(2)}Z`;
  return h('div', { class: ['strip', 'timeline'], 'data-size': large ? 'tall' : undefined, role: 'img', 'aria-label': label }, [
    h('svg', { viewBox: `0 0 ${WIDTH} ${height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, FAMILIES.map((family) => {
      const own = all.filter((block) => block.family === family);
      return own.length === 0 ? null : h('path', { key: family, class: `fill-${family}`, d: own.map(path).join('') });
    })),
  ]);
}

/** Moments between the ends of an axis, at whole shares of it. */
const axis = (since, now, parts) => h('div', { class: 'horizon-axis', 'aria-hidden': 'true' }, Array.from({ length: parts + 1 }, (_, index) => {
  const moment = since + ((now - since) * index) / parts;
  return h('span', { style: { '--at': `${(100 * index) / parts}%` }, 'data-now': index === parts ? '' : undefined }, index === parts ? say('job.axisNow', { time: clockTime(now) }) : clockTime(moment));
}));

/** The time before anything was written down, when it is wide enough to be seen. */
const unknown = (since, first, now) => {
  const share = (100 * (first - since)) / (now - since);
  return share < LEAST_UNKNOWN_PERCENT ? null : h('span', { class: 'horizon-before tiny', style: { '--at': `${share}%` }, 'aria-hidden': 'true' }, h('span', say('farm.notRecorded')));
};

/** What a worker did at a moment, in one clause. */
function told(spans, moment, now) {
  const found = spanAt(spans, moment, now);
  if (found === undefined) {
    return say('worker.then', { time: clockTime(moment), what: say('farm.notRecorded') });
  }
  const from = Date.parse(found.from);
  const took = length(((found.until ? Date.parse(found.until) : now) - from) / 1000);
  const status = statusWord(found.kind === 'task' ? found.outcome || 'active' : found.kind);
  return say('worker.then', { time: clockTime(from), what: found.kind === 'task' ? say('worker.thenTask', { name: found.name, status, took }) : say('worker.thenStatus', { status, took }) });
}

/** The day of one worker, under the head of its page. */
export function workerHorizon(spans, now) {
  const first = spans.length === 0 ? now : Date.parse(spans[0].from);
  const since = beginOf(first, now);
  const { work, free, asleep } = use(spans, since, now);
  const label = say('worker.day', { work: length(work), free: length(free), asleep: length(asleep) });
  return h('figure', { class: 'horizon', 'aria-label': say('worker.horizon') }, [
    h('div', { class: 'horizon-box' }, [
      workerStrip(spans, since, now, { large: true, label }), unknown(since, first, now),
      h(TimeReader, { since, now, label: say('worker.horizon'), tell: (moment) => told(spans, moment, now), step: 60_000 }),
    ]),
    axis(since, now, 6),
    h('figcaption', { class: 'horizon-key' }, [h('ul', { class: 'legend' }, [
      key('glow', say('worker.oneTask')), key('done', say('ledger.free')), key('rest', say('ledger.asleep')), key('heal', say('worker.retried')), key('stop', say('worker.failed')),
    ])]),
  ]);
}

/** How many workers were at work and awake over a day, up to this moment. */
export const FarmHorizon = {
  props: {
    /** As `GET /api/v1/history/load` answers. */
    load: { type: Object, required: true },
    workers: { type: Array, required: true },
    working: { type: Number, required: true },
  },
  setup(props) {
    const having = (...statuses) => props.workers.filter(({ status }) => statuses.includes(status)).length;
    return () => {
      const now = Date.parse(props.load.now);
      const last = { at: props.load.now, working: props.working, awake: having('awake'), known: props.workers.length - having(...NOT_THERE) };
      return farmHorizon([...props.load.samples, last], now, last);
    };
  },
};

function farmHorizon(samples, now, last) {
  const first = Date.parse(samples[0].at);
  const since = beginOf(first, now);
  const areas = loadAreas(samples, since, now, FARM_WIDTH, HEIGHT);
  const most = Math.max(...samples.map(({ working }) => working));
  const tell = (moment) => {
    const found = sampleAt(samples, moment);
    return found ? say('farm.then', { time: clockTime(moment), working: found.working, awake: found.awake, all: found.known }) : say('worker.then', { time: clockTime(moment), what: say('farm.notRecorded') });
  };
  return h('figure', { class: 'horizon', 'aria-label': say('farm.horizon') }, [
    h('div', { class: 'horizon-box' }, [
      h('svg', { viewBox: `0 0 ${FARM_WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': say('farm.load', { now: last.working, awake: last.awake, most, all: areas.full }) }, [
        h('path', { class: 'line-faint', d: 'M0 0H1440M240 0V76M480 0V76M720 0V76M960 0V76M1200 0V76' }),
        h('path', { class: 'fill-awake', d: areas.awake }), h('path', { class: 'fill-work-tint', d: areas.working }), h('path', { class: 'line-work', d: areas.edge }),
      ]),
      unknown(since, first, now),
      h('span', { class: 'horizon-full tiny quiet', 'aria-hidden': 'true' }, say('farm.full', { n: areas.full })),
      h(TimeReader, { since, now, label: say('farm.horizon'), tell }),
    ]),
    axis(since, now, 6),
    h('figcaption', { class: 'horizon-key' }, [h('ul', { class: 'legend' }, [
      h('li', [h('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, [h('path', { class: 'line-work', d: 'M0 6h12' })]), say('ledger.work')]),
      key('awake', say('farm.awake')),
    ])]),
  ]);
}

const key = (family, word) => h('li', [h('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, [h('rect', { class: `fill-${family}`, y: 2, width: 12, height: 8 })]), word]);
