import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clockText, daysOf, minutesOf, snapped, week } from '../assets/js/model/sleep.js';

test('a time of day is in minutes, and what is none is null', () => {
  assert.deepEqual(['0:00', '09:30', '24:00', '24:01', '9', '09:60', ''].map(minutesOf), [0, 570, 1440, null, null, null, null]);
});

test('no day means every day', () => {
  assert.equal(daysOf('').length, 7);
  assert.deepEqual(daysOf('fr mo'), ['mo', 'fr']);
});

test('a night begins on a chosen day and ends on the next, also from Sunday to Monday', () => {
  const nights = week({ days: ['mo', 'su'], from: '22:00', until: '06:00' });
  assert.deepEqual(nights, [[[1320, 1440], [0, 360]], [[0, 360]], [], [], [], [], [[1320, 1440]]]);
});

test('without times the whole day is slept through, and a time that is none shows nothing', () => {
  assert.deepEqual(week({ days: ['we'], from: '', until: '' })[2], [[0, 1440]]);
  assert.deepEqual(week({ days: ['we'], from: 'nine', until: '' })[2], []);
});

test('an edge that is dragged stays within the day and on quarters of an hour', () => {
  assert.deepEqual([-20, 547, 548, 1500].map(snapped).map(clockText), ['00:00', '09:00', '09:15', '24:00']);
});
