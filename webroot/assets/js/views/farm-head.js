/** The head of the farm's page: the sentence that says how it stands, and the ledger of its workers. */
import { me } from '../me.js';
import { readyTasks } from '../model/attention.js';
import { ledgerItem, rich } from '../parts.js';
import { look, standing } from '../status.js';
import { h } from '../vue.js';
import { count, say } from '../words/words.js';

const LEDGER = ['work', 'free', 'starting', 'asleep', 'timeout', 'error', 'testing', 'shutdown', 'offline'];

/** How many tasks have not begun: the Server calls those that the Manager holds claimed. */
export const inLine = ({ tasks_by_status: numbers = {} }) => (numbers.queued ?? 0) + (numbers['claimed-by-manager'] ?? 0) + (numbers['soft-failed'] ?? 0);

export function sentence(farm, workers, working) {
  if (workers.length === 0) {
    return rich('farm.empty');
  }
  const numbers = { all: workers.length, ready: readyTasks(farm) };
  if (working > 0) {
    return rich('farm.active', { ...numbers, n: working });
  }
  const having = (...wanted) => workers.filter((worker) => wanted.includes(worker.status)).length;
  return rich('farm.standing', {
    ...numbers, status: farm.status, awake: having('awake', 'testing'), asleep: having('asleep'), offline: having('offline', 'shutdown', 'timeout'), error: having('error'),
  });
}

/** What is added to the sentence: the line of tasks, and how much needs a person. */
export const under = (farm, needs) => [
  say('farm.waiting', { n: inLine(farm), failed: farm.tasks_by_status?.failed ?? 0 }),
  ' ',
  say('farm.needs', { n: needs.length }),
];

/** How many workers are what; `show` is what the address holds of it. */
export function ledger(workers, show, farm) {
  const numbers = new Map();
  workers.forEach((worker) => numbers.set(standing(worker), (numbers.get(standing(worker)) ?? 0) + 1));
  const chosen = show.value.split(',').filter((kind) => kind !== '');
  const choose = (kind) => (event) => {
    const without = chosen.filter((other) => other !== kind);
    const added = chosen.includes(kind) ? without : [...without, kind];
    show.value = event.shiftKey ? added.join(',') : chosen.length === 1 && chosen[0] === kind ? '' : kind;
  };
  const item = (kind) => {
    const { icon: name, family } = kind === 'work' ? look('awake', true) : look(kind === 'free' ? 'awake' : kind);
    return ledgerItem({ number: count(numbers.get(kind)), label: say(`ledger.${kind}`), name, family, pressed: chosen.includes(kind), choose: choose(kind) });
  };
  return h('div', { class: 'ledger', role: 'group', 'aria-label': say('ledger.label') }, [
    ledgerItem({ number: count(workers.length), label: say('ledger.all'), pressed: chosen.length === 0, choose: () => { show.value = ''; } }),
    ...LEDGER.filter((kind) => numbers.has(kind)).map(item),
    about(farm),
  ]);
}

/** Which program this is, whose it is, and for admins the way to its set-up, which is a document of its own. */
const about = (farm) => h('div', { class: 'ledger-rest' }, [
  farm.manager_mode === 'production' ? null : h('span', { class: 'st', 'data-family': 'heal', 'data-form': 'chip' }, say('farm.mode', { mode: farm.manager_mode })),
  h('span', [say('farm.server'), ' ', h('a', { href: farm.server.url }, farm.server.name)]),
  h('span', { class: 'num' }, say('farm.version', { version: farm.version })),
  me.role === 'admin' ? h('a', { href: '/restart-to-websetup' }, say('farm.setUp')) : null,
]);
