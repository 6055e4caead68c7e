/** The horizon of a job: tasks done over time, failures, and where the present rate leads. */
import { h } from '../vue.js';
import { clockTime, say } from '../words/words.js';

const WIDTH = 1440;
const HEIGHT = 76;
const TOP = 6;
const NOW_SHARE = 0.75;
const MARKS = 40;

/**
 * @param points `{ at, done }` from the submission to now
 * @param ahead `{ early, likely, late }` or null; without it the line ends at the right edge
 * @param over whether the job has ended, at `now`
 * @param failures moments at which tasks failed
 */
export function jobHorizon({ points, total, ahead, over, failures, now, label }) {
  const from = points[0].at;
  const until = ahead ? Math.max(ahead.likely, now + (now - from) * (1 / NOW_SHARE - 1) * 0.2) : now;
  const x = (at) => (WIDTH * (at - from)) / Math.max(1, until - from);
  const y = (done) => HEIGHT - ((HEIGHT - TOP) * done) / Math.max(1, total);
  const thin = points.filter((_, index) => index % Math.ceil(points.length / 600) === 0 || index === points.length - 1);
  const line = thin.map(({ at, done }, index) => `${index === 0 ? 'M' : 'L'}${x(at).toFixed(1)} ${y(done).toFixed(1)}`).join('');
  const done = points.at(-1).done;
  const share = (at) => Math.min(1, Math.max(0, (at - from) / Math.max(1, until - from)));
  return h('figure', { class: 'horizon', 'aria-label': say('job.horizon') }, [
    h('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, [
      h('path', { class: 'line-faint', d: `M0 ${TOP}H${WIDTH}M240 0V${HEIGHT}M480 0V${HEIGHT}M720 0V${HEIGHT}M960 0V${HEIGHT}M1200 0V${HEIGHT}` }),
      h('path', { class: 'fill-done-tint', d: `${line}L${x(now).toFixed(1)} ${HEIGHT}L0 ${HEIGHT}Z` }),
      h('path', { class: 'line-done', d: line }),
      ahead ? h('path', { class: 'fill-line', d: `M${x(now)} ${y(done)}L${x(Math.min(until, ahead.early))} ${TOP}L${Math.min(WIDTH, x(ahead.late))} ${TOP}Z` }) : null,
      ahead ? h('path', { class: 'line-ink dash', d: `M${x(now)} ${y(done)}L${x(ahead.likely)} ${TOP}` }) : null,
      over ? null : h('path', { class: 'line-accent', d: `M${x(now)} 0V${HEIGHT}` }),
    ]),
    ...failures.slice(-MARKS).map((at) => h('svg', {
      class: 'horizon-mark', viewBox: '0 0 12 12', 'aria-hidden': 'true',
      style: { '--x': share(at).toFixed(4), top: `${Math.max(-2, y(doneAt(points, at)) - 20)}px` },
    }, [h('path', { class: 'line-stop', d: 'M3 3l6 6m0-6l-6 6' })])),
    axis({ from, now, until, ahead, over, share }),
    h('figcaption', { class: 'horizon-key' }, [h('ul', { class: 'legend' }, [
      key(h('rect', { class: 'fill-done', y: 5, width: 12, height: 2 }), say('job.tasksDone')),
      ahead ? key(h('path', { class: 'line-ink dash', d: 'M0 6h12' }), say('job.rate')) : null,
      failures.length > 0 ? key(h('path', { class: 'line-stop', d: 'M2 3l6 6m0-6l-6 6' }), say('job.tasksFailed')) : null,
    ])]),
  ]);
}

const key = (drawing, word) => h('li', [h('svg', { width: 12, height: 12, 'aria-hidden': 'true' }, [drawing]), word]);

function axis({ from, now, until, ahead, over, share }) {
  const at = (moment, word, properties = {}) => h('span', { style: { '--at': `${(100 * share(moment)).toFixed(2)}%` }, ...properties }, word);
  const middle = share(now) > 0.4 && share(now) < 0.9 ? now : null;
  const between = [0.25, 0.5].map((part) => from + (now - from) * part).filter((moment) => share(moment) > 0.12);
  return h('div', { class: 'horizon-axis', 'aria-hidden': 'true' }, [
    at(from, say('job.axisFrom', { time: clockTime(from) })),
    ...between.map((moment) => at(moment, clockTime(moment))),
    ahead && middle ? at(middle, say('job.axisNow', { time: clockTime(now) }), { 'data-now': '' }) : null,
    ahead ? at(until, say('job.axisUntil', { time: clockTime(until) })) : at(now, say(over ? 'job.axisEnd' : 'job.axisNow', { time: clockTime(now) }), { 'data-now': '' }),
  ]);
}

function doneAt(points, at) {
  const after = points.findIndex((point) => point.at > at);
  return after <= 0 ? points.at(-1).done : points[after - 1].done;
}
