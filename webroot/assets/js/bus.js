/**
 * Every topic that the pages hear. The connection comes back by itself; whoever listens is told, so that it can fetch
 * what it missed.
 */
import { reactive } from '../../vendor/vue/vue.runtime.esm-browser.prod.js';

const LONGEST_PAUSE_MS = 10_000;

export const contact = reactive({ live: false, lostAt: null, everLive: false });

export const topics = {
  workerStatus: 'manager.worker.status-changed',
  taskStatus: 'manager.task.status-changed',
  taskLog: (id) => `manager.task.log.${id}`,
  latestImage: 'manager.latest-image',
  jobStatus: 'server.job.status-changed',
  serverTaskStatus: 'server.task.status-changed',
};

const listeners = new Map();
const returns = new Set();
let bus = null;
let pause = 500;

/** Opens the connection; call it once. */
export function connect() {
  bus = new globalThis.EventBus('/eventbus');
  bus.onopen = opened;
  bus.onclose = closed;
}

/** Hears the topic until the returned function is called. */
export function hear(topic, listener) {
  const handler = (error, message) => {
    if (!error) {
      listener(message.body);
    }
  };
  const entry = { topic, handler };
  listeners.set(entry, entry);
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

function opened() {
  pause = 500;
  contact.live = true;
  contact.everLive = true;
  contact.lostAt = null;
  for (const { topic, handler } of listeners.keys()) {
    bus.registerHandler(topic, handler);
  }
  returns.forEach((listener) => listener());
}

function closed() {
  contact.live = false;
  contact.lostAt ??= Date.now();
  setTimeout(connect, pause);
  pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
}
