/** What workers did over time: a strip for one of them, and the load of the whole farm. One path per status. */
import { blocks, loadAreas } from '../model/timeline.js';
import { h } from '../vue.js';
import { clockTime, count, say, span as length } from '../words/words.js';

const WIDTH = 600;
const FARM_WIDTH = 1440;
const HEIGHT = 76;
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

/** The day of one worker, under the head of its page. */
export function workerHorizon(spans, since, now, use) {
  const label = say('worker.day', { work: length(use.work), free: length(use.free), asleep: length(use.asleep) });
  return h('figure', { class: 'horizon', 'aria-label': say('worker.horizon') }, [
    workerStrip(spans, since, now, { large: true, label }),
    axis(since, now, 6),
    h('figcaption', { class: 'horizon-key' }, [h('ul', { class: 'legend' }, [
      key('work', say('worker.oneTask')), key('done', say('ledger.free')), key('rest', say('ledger.asleep')), key('heal', say('worker.retried')),
    ])]),
  ]);
}

/** How many workers were at work and awake over a day. */
export function farmHorizon(samples, since, now) {
  const areas = loadAreas(samples, since, now, FARM_WIDTH, HEIGHT);
  const last = samples.at(-1) ?? { working: 0, awake: 0 };
  const most = Math.max(0, ...samples.map(({ working }) => working));
  return h('figure', { class: 'horizon', 'aria-label': say('farm.horizon') }, [
    h('svg', { viewBox: `0 0 ${FARM_WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': say('farm.load', { now: last.working, awake: last.awake, most, all: areas.full }) }, [
      h('path', { class: 'line-faint', d: 'M240 0V76M480 0V76M720 0V76M960 0V76M1200 0V76' }),
      h('path', { class: 'fill-awake', d: areas.awake }), h('path', { class: 'fill-work-tint', d: areas.working }), h('path', { class: 'line-work', d: areas.edge }),
    ]),
    h('span', { class: 'horizon-full tiny quiet', 'aria-hidden': 'true' }, count(areas.full)),
    axis(since, now, 6),
    h('figcaption', { class: 'horizon-key' }, [h('ul', { class: 'legend' }, [
      h('li', [h('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, [h('path', { class: 'line-work', d: 'M0 6h12' })]), say('ledger.work')]),
      key('awake', say('farm.awake')),
    ])]),
  ]);
}

const key = (family, word) => h('li', [h('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, [h('rect', { class: `fill-${family}`, y: 2, width: 12, height: 8 })]), word]);
