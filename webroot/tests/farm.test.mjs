import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attention } from '../assets/js/model/attention.js';
import { countsAfter, jobAfter, taskAfter, workerAfter, workerAfterTask } from '../assets/js/model/deltas.js';
import { causeLine, clusters, normalised } from '../assets/js/model/failures.js';
import { forecast, progressOf, wide } from '../assets/js/model/forecast.js';
import { orderOfWork } from '../assets/js/model/order-of-work.js';
import { nextFor, old, standing } from '../assets/js/status.js';

const worker = { id: 'w', nickname: 'alba', status: 'awake', status_requested: '', last_activity: '2026-11-22T03:00:00Z', current_task: null };
const fact = (more) => ({ task_id: 't', job_id: 'j', name: 'render', status: 'active', old_status: 'queued', worker_id: 'w', worker: 'alba', task_progress_percentage: 5, changed_at: '2026-11-22T03:00:10Z', ...more });

test('a worker gets the task that it was given, and loses it when the task is done', () => {
  const busy = workerAfterTask(worker, fact());
  assert.equal(busy.current_task.id, 't');
  assert.equal(busy.last_activity, '2026-11-22T03:00:10Z');
  assert.equal(workerAfterTask(busy, fact({ status: 'completed' })).current_task, null);
});

test('a task that goes to another worker leaves the first', () => {
  const busy = workerAfterTask(worker, fact());
  assert.equal(workerAfterTask(busy, fact({ worker_id: 'other', status: 'queued' })).current_task, null);
  assert.equal(workerAfterTask(worker, fact({ worker_id: 'other' })), worker);
});

test('a worker that goes to sleep holds no task', () => {
  const busy = workerAfterTask(worker, fact());
  const asleep = workerAfter(busy, { status: 'asleep', status_requested: '', changed_at: '2026-11-22T03:01:00Z' });
  assert.deepEqual([asleep.status, asleep.current_task], ['asleep', null]);
});

test('a late fact does not make a worker seem seen earlier', () => {
  assert.equal(workerAfter(worker, { status: 'awake', changed_at: '2026-11-22T02:00:00Z' }).last_activity, worker.last_activity);
});

test('a task and a job keep what a fact does not tell', () => {
  const task = taskAfter({ id: 't', name: 'render', status: 'queued', worker: '' }, fact());
  assert.deepEqual([task.name, task.status, task.worker], ['render', 'active', 'alba']);
  const job = jobAfter({ id: 'j', name: 'shot', tasks: { total: 3 } }, { status: 'active', changed_at: 'x' });
  assert.deepEqual([job.name, job.status, job.tasks.total], ['shot', 'active', 3]);
});

test('counts move from one status to the other and a count of none is not kept', () => {
  assert.deepEqual(countsAfter({ queued: 1, active: 2 }, 'queued', 'active'), { active: 3 });
  assert.deepEqual(countsAfter({}, null, 'queued'), { queued: 1 });
});

test('workers in trouble, failed tasks and a silent Server need a person', () => {
  const now = Date.parse('2026-11-22T03:10:00Z');
  const farm = { tasks_by_status: { failed: 2 }, ready_by_type: { sleep: 4 }, upstream_queue_size: 3, last_push: '2026-11-22T03:00:00Z' };
  const needs = attention(farm, [{ ...worker, status: 'asleep' }, { ...worker, status: 'timeout' }], now);
  assert.deepEqual(needs.map((need) => need.kind), ['timeout', 'nobody', 'failed', 'server']);
  assert.deepEqual(attention({}, [worker], now), []);
});

test('tasks of a type that no worker runs need a person', () => {
  const farm = { ready_by_type: { 'blender-render': 10, sleep: 1, 'video-encoding': 0 } };
  assert.deepEqual(attention(farm, [{ ...worker, supported_task_types: ['sleep'] }], 0), [{ kind: 'unable', type: 'blender-render', n: 10 }]);
});

test('what a worker is for the ledger', () => {
  assert.equal(standing(worker), 'free');
  assert.equal(standing({ ...worker, current_task: { status: 'active' } }), 'work');
  assert.equal(standing({ ...worker, status: 'asleep', current_task: { status: 'active' } }), 'asleep');
  assert.equal(old(Date.parse('2026-12-07T00:00:00Z'))(worker), true);
  assert.equal(old(0)({ ...worker, last_activity: null }), true);
});

test('a job that renders but has failed tasks needs a person', () => {
  assert.equal(nextFor({ status: 'active', tasks: { by_status: { failed: 1 } } }), 'attend');
  assert.equal(nextFor({ status: 'active' }), 'rendering');
  assert.equal(nextFor({ status: 'paused' }), 'waiting');
  assert.equal(nextFor({ status: 'completed' }), 'finished');
});

test('tasks that fail alike are one cause, whatever numbers, times and paths they name', () => {
  assert.equal(normalised('2026-11-22T03:00:00Z Error: cannot read /render/sh01/0042.exr at 0x7f12'), normalised('2026-11-22T04:00:00Z Error: cannot read /render/sh02/0001.exr at 0x1234'));
  const failed = (name, log_tail) => ({ name, status: 'failed', worker: name, log_tail });
  const found = clusters([failed('a', 'ok\nError: 12 MB short\nbye'), failed('b', 'Error: 99 MB short'), failed('c', 'Segmentation fault'), { status: 'completed', log_tail: 'Error' }]);
  assert.deepEqual(found.map(({ cause, tasks, workers }) => [cause, tasks.length, workers]), [['Error: 12 MB short', 2, ['a', 'b']], ['Segmentation fault', 1, ['c']]]);
});

test('the line that names the failure is the last that looks like one', () => {
  assert.equal(causeLine('Error: one\nError: two\nbye\n'), 'Error: two');
  assert.equal(causeLine('hello\nbye\n'), 'bye');
  assert.equal(causeLine(undefined), '');
});

test('at an even rate the rest takes as long per task as what is done', () => {
  const tasks = [10, 20, 30, 40].map((minute) => ({ status: 'completed', updated: new Date(minute * 60_000).toISOString() })).concat([{ status: 'queued' }, { status: 'active' }]);
  const points = progressOf(tasks, 0, 40 * 60_000);
  const ahead = forecast(points, 6, 40 * 60_000);
  assert.deepEqual(points.at(-1), { at: 2_400_000, done: 4 });
  assert.ok(Math.abs(ahead.likely - 55 * 60_000) < 5 * 60_000, `${ahead.likely / 60_000} min`);
  assert.equal(wide(ahead, 40 * 60_000), false);
});

test('too little is known for a forecast from two tasks, and none is needed when all is done', () => {
  assert.equal(forecast([{ at: 0, done: 0 }, { at: 1, done: 1 }, { at: 2, done: 2 }, { at: 3, done: 2 }], 9, 3), null);
  assert.equal(forecast([{ at: 0, done: 0 }, { at: 1, done: 1 }, { at: 2, done: 2 }, { at: 3, done: 3 }, { at: 4, done: 3 }], 3, 4), null);
});

test('equal tasks with equal parents are one step, in layers by the longest path', () => {
  const task = (id, task_type, parents = []) => ({ id, name: id, task_type, parents });
  const { boxes, arrows } = orderOfWork([task('move', 'file', []), task('r1', 'render', ['move']), task('r2', 'render', ['move']), task('video', 'video', ['r1', 'r2', 'move'])]);
  assert.deepEqual(boxes.map((box) => [box.layer, box.tasks.length]), [[0, 1], [1, 2], [2, 1]]);
  assert.deepEqual(arrows, [[0, 1], [0, 2], [1, 2]]);
});

test('a ring of tasks does not hang the drawing', () => {
  const { boxes } = orderOfWork([{ id: 'a', task_type: 'x', parents: ['b'] }, { id: 'b', task_type: 'x', parents: ['a'] }]);
  assert.equal(boxes.reduce((sum, box) => sum + box.tasks.length, 0), 2);
});
