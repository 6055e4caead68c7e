// Run with: node --test webroot/tests
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogLines, levelOf, windowOf } from '../assets/js/log-lines.js';
import en from '../assets/js/words/en.js';
import es from '../assets/js/words/es.js';

const bytes = (text) => new TextEncoder().encode(text);

test('pieces that follow each other make whole lines', () => {
  const log = new LogLines();
  assert.equal(log.add(0, bytes('one\ntw')), null);
  assert.equal(log.add(6, bytes('o\nthree')), null);
  assert.deepEqual([log.line(0), log.line(1), log.line(2), log.length], ['one', 'two', 'three', 3]);
});

test('a piece that was seen before adds nothing, one that overlaps adds its rest', () => {
  const log = new LogLines();
  log.add(0, bytes('one\n'));
  log.add(0, bytes('one\n'));
  log.add(2, bytes('e\ntwo\n'));
  assert.deepEqual(log.lines, ['one', 'two']);
});

test('a gap is told and not papered over', () => {
  const log = new LogLines();
  log.add(0, bytes('one\n'));
  assert.equal(log.add(10, bytes('late\n')), 4);
  assert.deepEqual(log.lines, ['one']);
});

test('a letter of several bytes survives being cut in two', () => {
  const log = new LogLines();
  const all = bytes('año\n');
  log.add(0, all.subarray(0, 2));
  log.add(2, all.subarray(2));
  assert.deepEqual(log.lines, ['año']);
});

test('only rows in view and a few more are drawn', () => {
  assert.deepEqual(windowOf(0, 220, 22, 100_000, 5), { first: 0, last: 15 });
  assert.deepEqual(windowOf(22_000, 220, 22, 100_000, 5), { first: 995, last: 1015 });
});

test('errors and warnings are told apart', () => {
  assert.equal(levelOf('Error: no such file'), 'error');
  assert.equal(levelOf('Warning: Path not found'), 'warn');
  assert.equal(levelOf('Fra:1 Mem:9M'), undefined);
});

test('both languages say everything', () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
});
