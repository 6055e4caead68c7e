import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byType, median, named, outliers, ticks } from '../assets/js/model/durations.js';

const runs = [4, 5, 6, 5, 30].map((seconds, index) => ({ name: `render-${index}`, task_type: 'render', status: 'completed', seconds }));

test('rows of values become things with names', () => {
  assert.deepEqual(named({ columns: ['id', 'seconds'], tasks: [['a', 1.5], ['b', null]] }), [{ id: 'a', seconds: 1.5 }, { id: 'b', seconds: null }]);
});

test('the type that took the most time comes first, and what still runs is left out', () => {
  const found = byType([...runs, { task_type: 'video', seconds: 70 }, { task_type: 'move', seconds: null }]);
  assert.deepEqual(found.map(({ type, runs: of }) => [type, of.length]), [['video', 1], ['render', 5]]);
});

test('those that took more than twice the middle stand out, slowest first', () => {
  assert.equal(median(runs), 5);
  assert.deepEqual(outliers(runs, 5).map(({ name }) => name), ['render-4']);
  assert.deepEqual(outliers(runs.slice(0, 4), 5), []);
});

test('an axis has a few round lengths of time and reaches the longest', () => {
  assert.deepEqual(ticks(50 * 60), [0, 1200, 2400, 3600]);
  assert.deepEqual(ticks(0.3), [0, 0.1, 0.2, 0.3]);
  for (const longest of [0.001, 0.9, 3, 61, 5000, 4e6]) {
    const marks = ticks(longest);
    assert.ok(marks.length <= 6 && marks.at(-1) >= longest, `${longest}: ${marks}`);
  }
});
