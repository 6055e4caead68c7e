#!/usr/bin/env node
/*
 * Watches a job of a Flamenco Server until it ends, or queues a task again. Needs nothing beside Node 18.
 *
 *     FLAMENCO_TOKEN=... node watch-job.mjs http://server:8090 watch JOB
 *     FLAMENCO_TOKEN=... node watch-job.mjs http://server:8090 requeue TASK
 *
 * Both use the event bus (docs/bus.md), which speaks SockJS; its HTTP streaming is used, so no library is needed.
 */
import { randomUUID } from 'node:crypto';

const ENDED = ['completed', 'failed', 'canceled', 'archived', 'construction-failed', ''];
const PING_MS = 20_000;
const [address, action, id] = process.argv.slice(2);
const url = address?.replace(/\/$/, '');
const headers = process.env.FLAMENCO_TOKEN ? { authorization: `Bearer ${process.env.FLAMENCO_TOKEN}` } : {};

async function call(method, path, body) {
  const response = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${response.status}: ${(await response.json()).detail}`);
  }
  return response;
}

/** Says one thing on a connection of its own, and yields each message that comes. Ends when the Server lets go. */
async function* talk(message) {
  const session = `/eventbus/000/${randomUUID()}`;
  const say = (what) => call('POST', `${session}/xhr_send`, [JSON.stringify(what)]);
  const stream = await call('POST', `${session}/xhr_streaming`);
  const ping = setInterval(() => say({ type: 'ping' }).catch(() => clearInterval(ping)), PING_MS);
  let rest = '';
  try {
    for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (line === 'o') {
          await say({ replyAddress: 'answer', ...message });
        }
        for (const text of line.startsWith('a') ? JSON.parse(line.slice(1)) : []) {
          const heard = JSON.parse(text);
          if (heard.type === 'err') {
            throw new Error(heard.message);
          }
          yield heard;
        }
      }
    }
  } finally {
    clearInterval(ping);
  }
}

async function watch(job) {
  for (;;) {
    for await (const heard of talk({ type: 'register', address: 'server.job.status-changed' })) {
      const fact = heard.address === 'answer' ? await (await call('GET', `/api/v1/jobs/${job}`)).json() : heard.body;
      if (fact.job_id !== undefined && fact.job_id !== job) {
        continue;
      }
      console.log(`${fact.status || 'deleted'}: ${fact.tasks.by_status.completed ?? 0} of ${fact.tasks.total} tasks are completed`);
      if (ENDED.includes(fact.status)) {
        return fact.status === 'completed' ? 0 : 1;
      }
    }
  }
}

async function requeue(task) {
  for await (const heard of talk({ type: 'send', address: 'server.task.requeue', body: { task_id: task, successors: false } })) {
    console.log(heard.body.status);
    return 0;
  }
}

const actions = { watch, requeue };
if (!id || !actions[action]) {
  console.error('node watch-job.mjs http://server:8090 watch JOB | requeue TASK');
  process.exit(2);
}
process.exit(await actions[action](id));
