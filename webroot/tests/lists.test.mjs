import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byName } from '../assets/js/model/by-name.js';
import { Heights } from '../assets/js/model/heights.js';
import { changesOfOrder, windowOf } from '../assets/js/model/window.js';
import { cellAfter, cellAt, cellOf, layout, placeOf } from '../assets/js/model/grid.js';

test('only rows in view and a few more are drawn', () => {
  assert.deepEqual(windowOf(0, 220, 22, 100_000, 5), { first: 0, last: 15 });
  assert.deepEqual(windowOf(22_000, 220, 22, 100_000, 5), { first: 995, last: 1015 });
});

test('a list above or below the view draws no more than a few rows', () => {
  assert.deepEqual(windowOf(-5000, 500, 50, 1000, 5), { first: 0, last: 5 });
  assert.deepEqual(windowOf(100_000, 500, 50, 1000, 5), { first: 995, last: 1000 });
});

test('names are ordered by the size of the numbers in them, whatever their case', () => {
  assert.deepEqual(['node-10', 'Node-9', 'eñe-2', 'ene-1', 'node-9b'].sort(byName), ['ene-1', 'eñe-2', 'Node-9', 'node-9b', 'node-10']);
});

test('entries that came, went and moved are counted', () => {
  assert.equal(changesOfOrder(['a', 'b', 'c'], ['a', 'b', 'c']), 0);
  assert.equal(changesOfOrder(['a', 'b', 'c'], ['a', 'c', 'd']), 2);
  assert.equal(changesOfOrder(['a', 'b', 'c'], ['c', 'a', 'b']), 1);
});

test('rows of different heights begin where the ones before end', () => {
  const heights = new Heights(20);
  heights.set(2, 60);
  assert.deepEqual([heights.top(2), heights.top(3), heights.top(4)], [40, 100, 120]);
  assert.deepEqual([heights.at(39, 10), heights.at(40, 10), heights.at(99, 10), heights.at(100, 10)], [1, 2, 2, 3]);
});

test('heights agree with adding them up, also beyond the first thousand rows', () => {
  const heights = new Heights(10);
  const plain = Array(5000).fill(10);
  for (let i = 0; i < 2000; i++) {
    const index = (i * 7919) % 5000;
    plain[index] = 10 + (i % 5) * 10;
    heights.set(index, plain[index]);
  }
  let top = 0;
  for (let index = 0; index < 5000; index++) {
    assert.equal(heights.top(index), top, `row ${index}`);
    top += plain[index];
  }
});

test('the cell under the pointer is the one that is drawn there', () => {
  const grid = layout(354, 900);
  for (const index of [0, 1, 49, 50, 353]) {
    const { x, y } = placeOf(index, grid);
    assert.equal(cellAt(x + 3, y + 3, grid), index);
  }
  assert.equal(cellAt(2, 2, grid), null);
});

test('a grid of very many tasks puts a run of tasks in each cell', () => {
  const grid = layout(60_000, 900);
  assert.equal(grid.perCell, 10);
  assert.equal(grid.cells, 6000);
});

test('arrow keys move in the grid and stop at its edges', () => {
  const grid = { columns: 10, cells: 25 };
  assert.deepEqual(['ArrowRight', 'ArrowDown', 'ArrowUp', 'Home', 'End'].map((key) => cellAfter(key, 12, grid)), [13, 22, 2, 10, 19]);
  assert.equal(cellAfter('ArrowDown', 20, grid), 20);
  assert.equal(cellAfter('End', 21, grid), 24);
});

test('a cell of several tasks shows the one that matters most', () => {
  const tasks = [{ status: 'completed' }, { status: 'failed' }, { status: 'active', task_progress_percentage: 50 }, { status: 'queued' }];
  assert.deepEqual(cellOf(tasks), { status: 'failed', percent: 37.5 });
});
