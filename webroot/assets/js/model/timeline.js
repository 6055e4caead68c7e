/** What a worker did over time, as blocks that a strip draws: `{ family, from, until, low }`, numbers from 0 to 1. */

const FAMILIES = { awake: 'done', asleep: 'rest', testing: 'test', starting: 'work', timeout: 'heal', error: 'stop', shutdown: 'leave' };
const OUTCOMES = { failed: 'stop', 'soft-failed': 'heal' };
/** What is only half a height: the worker was there but not for work. */
const LOW = ['asleep', 'starting', 'shutdown'];

const familyOf = (span) => (span.kind === 'task' ? OUTCOMES[span.outcome] ?? 'work' : FAMILIES[span.kind]);

/** The blocks of spans `{ from, until, kind, outcome }` between two moments in milliseconds; offline leaves a gap. */
export function blocks(spans, since, now) {
  const share = (iso, otherwise) => Math.min(1, Math.max(0, ((iso ? Date.parse(iso) : otherwise) - since) / (now - since)));
  return spans
    .filter((span) => familyOf(span) !== undefined)
    .map((span) => ({ family: familyOf(span), from: share(span.from, since), until: share(span.until, now), low: LOW.includes(span.kind), span }))
    .filter(({ from, until }) => until > from);
}

/** How long a worker did what, in seconds: `{ work, free, asleep }`. */
export function use(spans, since, now) {
  const sum = (fits) => blocks(spans.filter(fits), since, now).reduce((total, { from, until }) => total + ((until - from) * (now - since)) / 1000, 0);
  return { work: sum(({ kind }) => kind === 'task'), free: sum(({ kind }) => kind === 'awake'), asleep: sum(({ kind }) => kind === 'asleep') };
}

/** Where a drawing of a day begins: a young farm's at its first moment, though never less than six minutes ago. */
export const beginOf = (first, now) => Math.max(now - DAY_MS, Math.min(now - LEAST_MS, first));

/** What a worker did at a moment: the latest span that had begun and not ended, or none. */
export const spanAt = (spans, moment, now) => spans.findLast(({ from, until }) => Date.parse(from) <= moment && moment <= (until ? Date.parse(until) : now));

/** The latest sample before a moment, unless the Manager was down then. */
export function sampleAt(samples, moment) {
  const found = samples.findLast(({ at }) => Date.parse(at) <= moment);
  return found && moment - Date.parse(found.at) <= GAP_MS ? found : undefined;
}

/**
 * The areas of the farm's load from samples `{ at, working, awake, known }`: SVG paths in a box of that size. A gap of more
 * than five minutes, when the Manager was down, is left empty.
 */
export function loadAreas(samples, since, now, width, height) {
  const full = Math.max(1, ...samples.map(({ known, awake }) => Math.max(known, awake)));
  const x = (moment) => ((width * (moment - since)) / (now - since)).toFixed(1);
  const y = (number) => (height - (height * number) / full).toFixed(1);
  const runs = [];
  for (const sample of samples.map((each) => ({ ...each, at: Date.parse(each.at) })).filter(({ at }) => at >= since)) {
    const run = runs.at(-1);
    if (run && sample.at - run.at(-1).at <= GAP_MS) {
      run.push(sample);
    } else {
      runs.push([sample]);
    }
  }
  const end = (run) => Math.min(now, run.at(-1).at + 60_000);
  const line = (run, field) => `M${run.map((sample) => `${x(sample.at)} ${y(sample[field])}`).join('L')}L${x(end(run))} ${y(run.at(-1)[field])}`;
  const area = (field) => runs.map((run) => `${line(run, field)}V${height}H${x(run[0].at)}Z`).join('');
  return { full, working: area('working'), awake: area('awake'), edge: runs.map((run) => line(run, 'working')).join('') };
}

const GAP_MS = 5 * 60_000;
const DAY_MS = 24 * 3600_000;
const LEAST_MS = 6 * 60_000;
