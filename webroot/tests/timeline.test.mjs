import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginOf, blocks, loadAreas, sampleAt, spanAt, use } from '../assets/js/model/timeline.js';

const at = (minute) => new Date(minute * 60_000).toISOString();
const spans = [
  { from: at(-10), until: at(2), kind: 'awake', outcome: '' },
  { from: at(2), until: at(4), kind: 'task', outcome: 'soft-failed' },
  { from: at(4), until: at(5), kind: 'offline', outcome: '' },
  { from: at(5), kind: 'task', outcome: '' },
];

test('spans become blocks within the time that is drawn, and offline is a gap', () => {
  assert.deepEqual(blocks(spans, 0, 600_000).map(({ family, from, until }) => [family, from, until]), [['done', 0, 0.2], ['heal', 0.2, 0.4], ['work', 0.5, 1]]);
});

test('use is how long a worker did what', () => {
  assert.deepEqual(use(spans, 0, 600_000), { work: 420, free: 120, asleep: 0 });
});

test('the load of a farm has a gap where the Manager was down', () => {
  const samples = [0, 1, 20].map((minute) => ({ at: at(minute), working: 1, awake: 2, known: 4 }));
  const { full, edge } = loadAreas(samples, 0, 30 * 60_000, 300, 40);
  assert.equal(full, 4);
  assert.equal(edge, 'M0.0 30.0L10.0 30.0L20.0 30.0M200.0 30.0L210.0 30.0');
});

test('a farm of which nothing is known has no load', () => {
  assert.deepEqual(loadAreas([], 0, 1000, 300, 40), { full: 1, working: '', awake: '', edge: '' });
});

test('the drawing of a young farm begins with it, and never shows less than six minutes or more than a day', () => {
  const now = 100 * 3600_000;
  assert.deepEqual([100, 99.95, 90, 0].map((hour) => (now - beginOf(hour * 3600_000, now)) / 3600_000), [0.1, 0.1, 10, 24]);
});

test('what was at a moment is told, and nothing where nobody wrote it down', () => {
  assert.equal(spanAt(spans, 3 * 60_000, 600_000), spans[1]);
  assert.equal(spanAt(spans, 9 * 60_000, 600_000), spans[3]);
  assert.equal(spanAt(spans, -11 * 60_000, 600_000), undefined);
  const samples = [{ at: at(0) }, { at: at(1) }, { at: at(20) }];
  assert.deepEqual([0.5, 1, 5, 7, 21, -1].map((minute) => sampleAt(samples, minute * 60_000)), [samples[0], samples[1], samples[1], undefined, samples[2], undefined]);
});
