#!/usr/bin/env node
/*
 * Watches a job of a Flamenco Server until it ends, or queues a task again. Needs nothing beside Node 18.
 *
 *     node watch-job.mjs http://server:8090 watch JOB
 *     FLAMENCO_TOKEN=... node watch-job.mjs http://server:8090 requeue TASK
 *
 * The event bus speaks SockJS; its HTTP streaming is used, so no library is needed.
 */
import { randomUUID } from 'node:crypto';

const ENDED = ['completed', 'failed', 'canceled', 'archived', 'construction-failed'];
const PING_MS = 10_000;
const [url, action, id] = process.argv.slice(2);
const authorization = process.env.FLAMENCO_TOKEN ? { authorization: `Bearer ${process.env.FLAMENCO_TOKEN}` } : {};

async function call(method, path, body) {
  const response = await fetch(url.replace(/\/$/, '') + path, { method, headers: { ...authorization, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  if (!response.ok) {
    throw new Error(`${response.status}: ${(await response.json()).detail}`);
  }
  return response;
}

/** The body of each message told to the address; first null, when it is listened to. Ends when the Server lets go. */
async function* hear(address) {
  const session = `/eventbus/000/${randomUUID()}`;
  const say = (message) => call('POST', `${session}/xhr_send`, [JSON.stringify(message)]);
  const stream = await call('POST', `${session}/xhr_streaming`);
  const ping = setInterval(() => say({ type: 'ping' }).catch(() => clearInterval(ping)), PING_MS);
  let rest = '';
  try {
    for await (const piece of stream.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (line === 'o') {
          await say({ type: 'register', address, headers: {} });
          yield null;
        }
        for (const text of line.startsWith('a') ? JSON.parse(line.slice(1)) : []) {
          const message = JSON.parse(text);
          if (message.body) {
            yield message.body;
          }
        }
      }
    }
  } finally {
    clearInterval(ping);
  }
}

async function watch(job) {
  for (;;) {
    for await (const fact of hear('server.job.status-changed')) {
      if (fact !== null && fact.job_id !== job) {
        continue;
      }
      const { status, tasks } = fact ?? await (await call('GET', `/api/v1/jobs/${job}`)).json();
      console.log(`${status}: ${tasks.by_status.completed ?? 0} of ${tasks.total} tasks are completed`);
      if (ENDED.includes(status)) {
        return status === 'completed' ? 0 : 1;
      }
    }
  }
}

async function requeue(task) {
  console.log((await (await call('POST', `/api/v1/tasks/${task}/requeue`, { successors: false })).json()).status);
  return 0;
}

const actions = { watch, requeue };
if (!id || !actions[action]) {
  console.error('node watch-job.mjs http://server:8090 watch JOB | requeue TASK');
  process.exit(2);
}
process.exit(await actions[action](id));
