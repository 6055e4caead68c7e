// Run with: node --test webroot/tests
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LogLines, Matches, cutAt, levelOf, nextOf, pattern, timed } from '../assets/js/model/log-lines.js';

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

test('whatever pieces arrive in whatever order, filling each gap makes the file', () => {
  const file = bytes(Array.from({ length: 500 }, (_, i) => `line ${i} ñ\n`).join(''));
  let seed = 7;
  const random = (below) => { seed = (seed * 1103515245 + 12345) % 2147483648; return seed % below; };
  const log = new LogLines();
  while (log.end < file.length) {
    const from = random(file.length);
    const gap = log.add(from, file.subarray(from, from + 1 + random(200)));
    if (gap !== null) {
      log.add(gap, file.subarray(gap, gap + 1 + random(300)));
    }
  }
  assert.equal(log.lines.length, 500);
  assert.ok(log.lines.every((line, i) => line === `line ${i} ñ`));
});

test('the end of a long file begins with a whole line', () => {
  const log = new LogLines(2);
  log.add(2, bytes('e\ntwo\nthree\n'));
  assert.deepEqual(log.lines, ['two', 'three']);
});

test('errors and warnings are told apart and counted as they come', () => {
  assert.equal(levelOf('Error: no such file'), 'error');
  assert.equal(levelOf('Warning: Path not found'), 'warn');
  assert.equal(levelOf('Fra:1 Mem:9M'), undefined);
  const log = new LogLines();
  log.add(0, bytes('a\nwarning\nerror\nb\nerror\n'));
  assert.deepEqual(log.problems, { warn: [1], error: [2, 4] });
});

test('the time that begins a line stands apart from it', () => {
  assert.deepEqual(timed('2026-11-22T03:04:05Z Fra:1'), { at: '2026-11-22T03:04:05Z', text: 'Fra:1' });
  assert.deepEqual(timed('[2026-11-22 03:04:05.123] Fra:1'), { at: '2026-11-22 03:04:05.123', text: 'Fra:1' });
  assert.deepEqual(timed('Fra:1'), { at: null, text: 'Fra:1' });
});

test('plain text is searched as it is, slashes make a regular expression, a broken one finds nothing', () => {
  const log = new LogLines();
  log.add(0, bytes('a.b\naxb\nerror|warning\nError\n'));
  assert.deepEqual(new Matches(log, pattern('a.b')).all(), [0]);
  assert.deepEqual(new Matches(log, pattern('/a.b/')).all(), [0, 1]);
  assert.deepEqual(new Matches(log, pattern('/error|warning/')).all(), [2, 3]);
  assert.equal(pattern('/(/'), null);
  assert.equal(pattern(''), null);
});

test('matches are cut out of a line, all of them', () => {
  assert.deepEqual(cutAt('an error, Error', pattern('error')), [
    { text: 'an ', hit: false }, { text: 'error', hit: true }, { text: ', ', hit: false }, { text: 'Error', hit: true },
  ]);
  assert.deepEqual(cutAt('abc', pattern('/x*/')), [{ text: 'abc', hit: false }]);
});

test('the next match goes round at both ends', () => {
  assert.equal(nextOf([3, 7], 3), 7);
  assert.equal(nextOf([3, 7], 7), 3);
  assert.equal(nextOf([3, 7], 3, -1), 7);
  assert.equal(nextOf([], 3), null);
});

test('a search goes on where a growing log goes on, and takes back what an unfinished line no longer says', () => {
  const log = new LogLines();
  log.add(0, bytes('hit\nno\nhi'));
  const found = new Matches(log, pattern('/^hi$|hit/'));
  assert.deepEqual(found.all(), [0, 2]);
  log.add(9, bytes('gh\nhit\n'));
  assert.deepEqual(found.all(), [0, 3]);
});
