import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comeBack, sentFrom } from '../assets/js/model/come-back.js';

const HERE = 'http://127.0.0.1:8090/login';
const MANAGERS = [{ name: 'Nave 3', url: 'http://127.0.0.1:8080/' }, { name: 'new', url: '' }];

test('one goes back to a page of the Server or of a Manager that it knows', () => {
  assert.deepEqual(comeBack('/users', HERE, MANAGERS), { href: 'http://127.0.0.1:8090/users' });
  assert.deepEqual(comeBack('http://127.0.0.1:8080/queue?why=1', HERE, MANAGERS), { href: 'http://127.0.0.1:8080/queue?why=1' });
});

test('without a place to go, or with rubbish, one goes to the jobs', () => {
  for (const wanted of ['', 'javascript:alert(1)', 'http://']) {
    assert.deepEqual(comeBack(wanted, HERE, MANAGERS), { href: '/jobs' });
  }
});

test('another name of this machine leads to the name under which the Manager is known', () => {
  assert.deepEqual(comeBack('http://localhost:8080/queue', HERE, MANAGERS), { href: 'http://127.0.0.1:8080/queue' });
});

test('nobody is sent to an address that is not known, but told where the Managers are', () => {
  assert.deepEqual(comeBack('http://evil.example/queue', HERE, MANAGERS), { unknown: 'http://evil.example', managers: [{ name: 'Nave 3', url: 'http://127.0.0.1:8080/queue' }] });
  assert.equal(comeBack('http://localhost:9999/', HERE, MANAGERS).unknown, 'http://localhost:9999');
});

test('who was sent by another site is told from where', () => {
  assert.equal(sentFrom('http://127.0.0.1:8080/queue', 'http://127.0.0.1:8090/login'), '127.0.0.1:8080');
  assert.equal(sentFrom('/jobs', 'http://127.0.0.1:8090/login'), null);
  assert.equal(sentFrom('', 'http://127.0.0.1:8090/login'), null);
});
