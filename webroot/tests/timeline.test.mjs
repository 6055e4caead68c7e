import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginOf, blocks, loadAreas, use } from '../assets/js/model/timeline.js';

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

test('the drawing of a young farm begins with it, and never shows less than two hours or more than a day', () => {
  const now = 100 * 3600_000;
  assert.deepEqual([[], [at(99 * 60)], [at(90 * 60)], [at(0)]].map((moments) => (now - beginOf(moments, now)) / 3600_000), [2, 2, 10, 24]);
});
