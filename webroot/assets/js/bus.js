/**
 * Every topic that the pages hear. The connection comes back by itself; whoever listens is told, so that it can fetch
 * what it missed.
 */
import { reactive } from './vue.js';

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const HIDDEN_FOR_MS = 60_000;

/** Messages were left out, since the page did not read as fast as they came. */
const TOO_SLOW = 429;

/**
 * Whether the page hears the farm: `lostAt` and `nextTry` are moments in milliseconds or null, `backAt` is when contact
 * last came back, and `caughtUp` how many changes were found then.
 */
export const contact = reactive({ live: false, lostAt: null, everLive: false, nextTry: null, backAt: null, caughtUp: 0, heardAt: Date.now() });

export const topics = {
  workerStatus: 'manager.worker.status-changed',
  taskStatus: 'manager.task.status-changed',
  taskLog: (id) => `manager.task.log.${id}`,
  latestImage: 'manager.latest-image',
  jobStatus: 'server.job.status-changed',
  serverTaskStatus: 'server.task.status-changed',
  serverWorkerStatus: 'server.worker.status-changed',
  jobPicture: 'server.job.picture-added',
};

const listeners = new Set();
const returns = new Set();
let bus = null;
let pause = SHORTEST_PAUSE_MS;
let retry = null;
let resting = false;
let ended = false;

/** Opens the connection, also before its next try is due. */
export function connect() {
  if (ended) {
    return;
  }
  clearTimeout(retry);
  contact.nextTry = null;
  if (bus !== null) {
    bus.onopen = null;
    bus.onclose = null;
  }
  bus = new globalThis.EventBus('/eventbus');
  bus.onopen = opened;
  bus.onclose = closed;
  bus.onerror = (refusal) => {
    if (refusal.failureCode === TOO_SLOW) {
      returns.forEach((listener) => listener());
    }
  };
}

/** Closes the connection for as long as the page stays: nobody is there any more who may hear anything. */
export function disconnect() {
  clearTimeout(retry);
  ended = true;
  contact.live = false;
  bus?.close();
}

/** Hears the topic until the returned function is called. */
export function hear(topic, listener) {
  const handler = (error, message) => {
    if (!error) {
      contact.heardAt = Date.now();
      listener(message.body);
    }
  };
  const entry = { topic, handler };
  listeners.add(entry);
  if (contact.live) {
    bus.registerHandler(topic, handler);
  }
  return () => {
    listeners.delete(entry);
    if (contact.live) {
      bus.unregisterHandler(topic, handler);
    }
  };
}

/** Is called each time the connection is there, for the first time or again, until the returned function is called. */
export function onContact(listener) {
  returns.add(listener);
  return () => returns.delete(listener);
}

/** A list that was fetched after contact came back says how many changes it found; it is not asked to count them otherwise. */
export function foundOnReturn(countChanges) {
  if (contact.backAt !== null && Date.now() - contact.backAt < 3000) {
    contact.caughtUp += countChanges();
  }
}

function opened() {
  pause = SHORTEST_PAUSE_MS;
  if (contact.lostAt !== null) {
    contact.backAt = Date.now();
    contact.caughtUp = 0;
  }
  Object.assign(contact, { live: true, everLive: true, lostAt: null, nextTry: null, heardAt: Date.now() });
  for (const { topic, handler } of listeners) {
    bus.registerHandler(topic, handler);
  }
  returns.forEach((listener) => listener());
}

function closed() {
  contact.live = false;
  if (resting || ended) {
    return;
  }
  contact.lostAt ??= Date.now();
  contact.nextTry = Date.now() + pause;
  retry = setTimeout(connect, pause);
  pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
}

/** A page that nobody looks at lets go after a minute, and fetches everything anew when somebody does. */
export function restWhileHidden() {
  let timer = null;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(() => {
        resting = contact.live;
        if (resting) {
          bus.close();
        }
      }, HIDDEN_FOR_MS);
    } else if (resting) {
      resting = false;
      connect();
    }
  });
}
