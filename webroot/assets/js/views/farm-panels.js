/** Beside the workers: what needs a person, the queue with the outbox, and workers that were not seen for long. */
import { clock } from '../clock.js';
import { readyTasks } from '../model/attention.js';
import { order } from '../out-of-contact.js';
import { icon, panel } from '../parts.js';
import { link } from '../router.js';
import { look } from '../status.js';
import { h } from '../vue.js';
import { actionsOnWorkers } from '../worker-actions.js';
import { ago, count, say, statusWord } from '../words/words.js';
import { inLine } from './farm-head.js';

const ATTENTION = {
  error: { look: 'error', href: (entry) => `/workers/${entry.worker.id}` },
  timeout: { look: 'timeout', href: (entry) => `/workers/${entry.worker.id}` },
  failed: { look: 'failed', href: () => '/queue?status=failed' },
  nobody: { look: 'asleep', href: () => '/?show=asleep,offline' },
  unable: { look: 'error', href: ({ type }) => `/queue?q=${encodeURIComponent(type)}` },
  outbox: { look: 'timeout', href: null },
  server: { look: 'timeout', href: null },
};

/** @param after called when something was done about it */
export const needsPanel = (needs, after) => h('section', { class: ['panel', needs.length > 0 ? 'attend' : ''], 'aria-labelledby': 'needs-title' }, [
  h('div', { class: 'panel-head' }, [h('h2', { id: 'needs-title' }, say('needs.title')), h('span', { class: 'push small quiet' }, needs.length > 0 ? count(needs.length) : '')]),
  needs.length === 0
    ? h('p', { class: 'panel-body small st', 'data-family': 'done' }, [icon('completed'), say('needs.none')])
    : h('ul', needs.map((entry) => need(entry, after))),
]);

function need(entry, after) {
  const parameters = { name: entry.worker?.nickname ?? '', n: entry.n ?? 0, type: entry.type ?? '', when: ago(entry.since ?? entry.worker?.last_activity, clock.now) };
  const { look: status, href } = ATTENTION[entry.kind];
  return h('li', { key: entry.kind + (entry.worker?.id ?? entry.type ?? ''), 'data-family': look(status).family }, [
    icon(look(status).icon),
    h('div', [h('strong', say(`needs.${entry.kind}`, parameters)), h('br'), h('span', { class: 'quiet' }, say(`needs.${entry.kind}.do`, parameters))]),
    remedy(entry, after) ?? (href ? link(href(entry), say('needs.open'), { 'aria-label': say('needs.openIt', { name: parameters.name || statusWord(status) }) }) : h('span')),
  ]);
}

/** A time-out is acknowledged where it is told. */
function remedy({ kind, worker }, after) {
  const found = kind === 'timeout' ? actionsOnWorkers([worker], after).find(({ action }) => action === 'acknowledge') : undefined;
  return found ? h('button', order({ class: 'btn', 'data-kind': 'link', type: 'button', onClick: found.act }), found.word) : null;
}

export function queuePanel(farm) {
  const ready = Object.entries(farm.ready_by_type ?? {}).filter(([, number]) => number > 0);
  const entry = (title, hint, number) => h('li', [h('span', { class: 'two' }, [h('span', title), h('span', hint)]), h('b', count(number))]);
  return panel(say('queue.title'), h('ul', { class: 'panel-body ledgerlist' }, [
    entry(link('/queue', say('queue.ready')), ready.map(([type, number]) => `${count(number)} ${type}`).join(', ') || say('queue.noneReady'), readyTasks(farm)),
    entry(say('queue.waiting'), say('queue.waitingHint'), Math.max(0, inLine(farm) - readyTasks(farm))),
    entry(say('queue.outbox'), farm.last_push ? say('queue.lastPush', { when: ago(farm.last_push, clock.now) }) : say('queue.neverPushed'), farm.upstream_queue_size ?? 0),
  ]), { id: 'queue-title' });
}

/** Folded away; each, or all of them, can be forgotten. */
export function oldWorkers(workers, after) {
  if (workers.length === 0) {
    return null;
  }
  const forget = (some) => actionsOnWorkers(some, after).filter(({ action }) => action === 'forget');
  const button = (some, word, label) => forget(some).map(({ act }) => h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': label, onClick: act }), word));
  return h('details', { class: 'panel' }, [
    h('summary', { class: 'panel-head' }, [h('span', { class: 'turn' }, [icon('right')]), say('workers.old', { n: workers.length })]),
    h('ul', { class: 'panel-body small old-workers' }, workers.map((worker) => h('li', { key: worker.id, class: 'row' }, [
      link(`/workers/${worker.id}`, worker.nickname || worker.address), h('span', { class: 'quiet push' }, worker.last_activity ? ago(worker.last_activity, clock.now) : say('workers.never')),
      ...button([worker], say('workerAction.forget'), say('workers.forget', { name: worker.nickname })),
    ]))),
    workers.length > 1 ? h('div', { class: 'panel-body' }, button(workers, say('workers.forgetAll', { n: workers.length }))) : null,
  ]);
}
