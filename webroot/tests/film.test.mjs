import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled, inOrder, placesOf, taskOf } from '../assets/js/model/film.js';

const picture = (frame, url = `/${frame}`, at = '2026-11-22T03:00:00Z') => ({ frame, url, at });

test('a film has a place for each frame, or for every few of many', () => {
  assert.deepEqual(placesOf('1-3, 10'), { step: 1, frames: [1, 2, 3, 10] });
  assert.equal(placesOf('1-70').step, 3);
  assert.deepEqual(placesOf('1-70').frames.slice(-2), [67, 70]);
  assert.deepEqual(placesOf('11-10').frames, []);
  assert.deepEqual(placesOf(undefined).frames, []);
});

test('places without a picture stay empty, and pictures without a place come last', () => {
  const shown = filled(placesOf('1-3'), inOrder([picture(null, '/still'), picture(2, '/old'), picture(2, '/new', '2026-11-22T04:00:00Z')]));
  assert.deepEqual(shown.map(({ frame, picture: found }) => [frame, found?.url ?? null]), [[1, null], [2, '/new'], [3, null], [null, '/still']]);
});

test('no picture is left out where a place is for many frames', () => {
  assert.deepEqual(filled(placesOf('1-70'), [picture(1), picture(2), picture(5)]).slice(0, 4).map(({ picture: found }) => found?.frame ?? null), [1, 2, 5, null]);
});

test('the task of a frame is the last whose name ends with it', () => {
  const tasks = [{ id: 'a', name: 'render-1-30' }, { id: 'b', name: 'render-31,33' }, { id: 'c', name: 'smpl1-10-frm31..40' }, { id: 'd', name: 'create-video' }];
  assert.equal(taskOf(7, tasks).id, 'a');
  assert.equal(taskOf(31, tasks).id, 'c');
  assert.equal(taskOf(32, tasks).id, 'c');
  assert.equal(taskOf(50, tasks), null);
});
