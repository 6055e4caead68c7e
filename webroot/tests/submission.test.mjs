import assert from 'node:assert/strict';
import { test } from 'node:test';
import { framesOf, settingsOf, tasksFor, textOf, valueOf, wrongIn } from '../assets/js/model/submission.js';

test('a range of frames is counted, and what is wrong with it is named', () => {
  assert.deepEqual(framesOf('1-30, 40'), { count: 31, runs: [[1, 30], [40, 40]] });
  assert.deepEqual(framesOf('1-300, 420-410'), { wrong: 'backwards', part: '420-410', better: '410-420' });
  assert.deepEqual(framesOf('1-x'), { wrong: 'unknown', part: '1-x' });
  assert.deepEqual(framesOf('1-10, 5-12, 3'), { count: 12, runs: [[1, 10], [11, 12]] });
  assert.equal(framesOf('-5').wrong, 'unknown');
  assert.equal(tasksFor('1-31', '5'), 7);
  assert.equal(tasksFor('1-31', 'x'), null);
  assert.equal(tasksFor('', '5'), null);
});

test('a setting is checked by its type, its range and whether it is needed', () => {
  const whole = { type: 'integer', required: true, minimum: 1, maximum: 10 };
  assert.equal(wrongIn(whole, '5'), null);
  assert.deepEqual(wrongIn(whole, ''), { kind: 'missing' });
  assert.deepEqual(wrongIn(whole, '2.5'), { kind: 'integer' });
  assert.deepEqual(wrongIn(whole, '11'), { kind: 'range', minimum: 1, maximum: 10 });
  assert.deepEqual(wrongIn({ type: 'number' }, 'much'), { kind: 'number' });
  assert.equal(wrongIn({ type: 'text' }, ''), null);
});

test('values are sent as their types want them, and what was not given is not sent', () => {
  const type = { settings: [{ name: 'frames', type: 'frames' }, { name: 'fps', type: 'number' }, { name: 'lines', type: 'text-list' }, { name: 'format', type: 'text' }, { name: 'fast', type: 'boolean' }] };
  assert.deepEqual(settingsOf(type, { frames: ' 1-3 ', fps: '24', lines: 'a\n\nb', format: '', fast: true }), { frames: '1-3', fps: 24, lines: ['a', 'b'], fast: true });
  assert.equal(valueOf({ type: 'text' }, ''), undefined);
});

test('a field shows what an earlier job had, else what is usual', () => {
  assert.equal(textOf({ name: 'fps', default: 24 }), '24');
  assert.equal(textOf({ name: 'fps', default: 24 }, { fps: 12 }), '12');
  assert.equal(textOf({ name: 'lines' }, { lines: ['a', 'b'] }), 'a\nb');
});
