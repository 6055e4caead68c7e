import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import en from '../assets/js/words/en.js';
import es from '../assets/js/words/es.js';
import { statuses } from '../assets/js/status.js';
import { fill, flat, parametersOf, parse } from '../assets/js/words/message.js';

const english = { number: (value) => value.toLocaleString('en'), plural: (value) => new Intl.PluralRules('en').select(value) };
const say = (text, parameters = {}) => flat(fill(parse(text), parameters, english));

const root = new URL('../assets/js/', import.meta.url);
const sources = readdirSync(root, { recursive: true }).filter((name) => name.endsWith('.js') && !name.startsWith('words/e'))
  .map((name) => readFileSync(new URL(name, root), 'utf8'));

test('parameters, plurals, choices and marks are filled in', () => {
  assert.equal(say('{a} and {b}', { a: 'x', b: 1234 }), 'x and 1,234');
  assert.equal(say('{n, plural, =0 {none} one {# task} other {# tasks}}', { n: 0 }), 'none');
  assert.equal(say('{n, plural, =0 {none} one {# task} other {# tasks}}', { n: 1 }), '1 task');
  assert.equal(say('{n, plural, =0 {none} one {# task} other {# tasks}}', { n: 2000 }), '2,000 tasks');
  assert.equal(say('{s, select, a {A {n, plural, one {one} other {#}}} other {O}}', { s: 'a', n: 3 }), 'A 3');
  assert.equal(say('{s, select, a {A} other {O}}', { s: 'z' }), 'O');
  assert.deepEqual(fill(parse('Now <work>{n} of {m}</work>.'), { n: 1, m: 2 }, english), ['Now ', { name: 'work', text: '1 of 2' }, '.']);
});

test('a message that is not well formed names what is wrong', () => {
  for (const text of ['{', '{n', '{n, plural, one {x}}', '{n, select, a {x', 'a}', '<work>x', '<work>x</stop>']) {
    assert.throws(() => parse(text), SyntaxError, text);
  }
});

test('both languages have the same messages with the same parameters', () => {
  assert.deepEqual(Object.keys(es).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(parametersOf(parse(es[key])), parametersOf(parse(en[key])), key);
  }
});

test('every key that the pages use is in the catalogue', () => {
  const used = sources.flatMap((text) => [...text.matchAll(/\b(?:say|sayParts|rich)\('([\w.-]+)'/g)].map((match) => match[1]));
  assert.ok(used.length > 150);
  assert.deepEqual(used.filter((key) => !(key in en)), []);
  const words = sources.flatMap((text) => [...text.matchAll(/word: '([\w.-]+)'/g)].map((match) => match[1]));
  assert.deepEqual(words.filter((key) => !(key in en)), []);
});

test('every key of the catalogue is used, and every status has a word', () => {
  const whole = sources.join('\n');
  const families = [...whole.matchAll(/`([a-zA-Z]+\.(?:[a-zA-Z]+\.)?)\$\{|`\$\{key\}(Hint)`/g)].map((match) => match[1]).filter((prefix) => prefix);
  const unused = Object.keys(en).filter((key) => !whole.includes(`'${key}'`) && !families.some((prefix) => key.startsWith(prefix)) && !/^page\.\w+Hint$/.test(key));
  assert.deepEqual(unused, []);
  assert.deepEqual(statuses.filter((status) => !(`status.${status}` in en)), []);
});
