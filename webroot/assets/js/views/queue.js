/** All tasks that the Manager holds, fetched as one scrolls. */
import { manager } from '../api.js';
import { announceTask } from '../announcer.js';
import { hear, onContact, topics } from '../bus.js';
import { byId, liveList } from '../live-list.js';
import { atMostEvery, every, loaded, orElse, untilGone } from '../loading.js';
import { readyTasks } from '../model/attention.js';
import { countsAfter, taskAfter } from '../model/deltas.js';
import { lead, ledgerItem, nothing, rich, search } from '../parts.js';
import { goTo, inAddress } from '../router.js';
import { look, statuses } from '../status.js';
import { computed, h, ref, watch } from '../vue.js';
import { count, say, statusWord } from '../words/words.js';
import { tasksTable } from './tasks-table.js';

const PAGE = 200;
const IN_LINE = ['active', 'claimed-by-manager', 'queued', 'soft-failed', 'cancel-requested', 'paused', 'under-construction'];
const RANK = new Map(statuses.map((status) => [status, IN_LINE.includes(status) ? IN_LINE.indexOf(status) : IN_LINE.length]));
const byLine = (a, b) => RANK.get(a.status) - RANK.get(b.status) || (b.job_priority ?? 0) - (a.job_priority ?? 0)
  || (b.priority ?? 0) - (a.priority ?? 0) || byId(a, b);

/** Which statuses the address wants; without a wish all that are not done yet. */
const wantedBy = (status) => (status === '' ? IN_LINE.join(',') : status === 'all' ? '' : status);
const fitsStatus = (task, status) => status === 'all' || (status === '' ? IN_LINE.includes(task.status) : status.split(',').includes(task.status));

export default {
  setup() {
    const status = inAddress('status');
    const text = inAddress('q');
    const tasks = liveList(byLine);
    const next = ref(null);
    let fetching = false;
    const farm = loaded(manager.farm);
    const first = loaded(async () => {
      const page = await manager.tasks({ limit: PAGE, status: wantedBy(status.value) });
      next.value = page.next ?? null;
      tasks.set(page.tasks);
      return true;
    });
    async function more() {
      if (fetching || next.value === null) {
        return;
      }
      fetching = true;
      try {
        const page = await manager.tasks({ limit: PAGE, status: wantedBy(status.value), after: next.value });
        next.value = page.next ?? null;
        tasks.add(page.tasks);
      } catch {
        // The next scroll asks again; the banner tells when contact is lost.
      } finally {
        fetching = false;
      }
    }
    const reload = () => { void farm.reload(); void first.reload(); };
    const arrivals = atMostEvery(1000, reload);
    watch(status, () => first.reload());
    reload();
    untilGone(onContact(reload), every(15_000, farm.reload), hear(topics.taskStatus, (fact) => {
      const known = tasks.change(fact.task_id, (task) => taskAfter(task, fact));
      if (fact.status === fact.old_status) {
        return;
      }
      announceTask(fact.status);
      if (farm.state.value) {
        farm.state.value = { ...farm.state.value, tasks_by_status: countsAfter(farm.state.value.tasks_by_status, fact.old_status, fact.status) };
      }
      if (!known && fitsStatus(fact, status.value)) {
        arrivals();
      }
    }));

    const fitting = computed(() => tasks.rows.value.filter((task) => fitsStatus(task, status.value)
      && `${task.name} ${task.task_type} ${task.worker}`.toLowerCase().includes(text.value.trim().toLowerCase())));
    const clear = () => { status.value = ''; text.value = ''; };
    const emptyList = () => (status.value === '' && text.value === ''
      ? nothing('queue', say('tasks.none'), say('tasks.noneHint'))
      : nothing('search', say('tasks.noneFit', { text: text.value || statusWord(status.value) }), null, [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))]));

    return () => orElse(farm, (value) => {
      const active = value.tasks_by_status?.active ?? 0;
      document.title = say('tasks.pageTitle', { n: active });
      return h('div', [
        lead({ sentence: rich('tasks.sentence', { n: active, ready: readyTasks(value), all: value.nr_of_tasks }), under: say('tasks.order') }),
        ledger(value, status),
        h('div', { class: 'tools' }, [search(text.value, say('tasks.filter'), (wanted) => { text.value = wanted; })]),
        orElse(first, () => (fitting.value.length === 0
          ? h('div', { class: 'sheet' }, [emptyList()])
          : tasksTable(tasks, fitting.value, { href: (task) => `/tasks/${task.id}/log`, more, open: (task) => goTo(`/tasks/${task.id}/log`) }))),
        next.value === null ? null : h('p', { class: 'list-foot' }, [h('button', { class: 'btn', type: 'button', onClick: more }, say('list.more'))]),
      ]);
    });
  },
};

function ledger(farm, status) {
  const numbers = farm.tasks_by_status ?? {};
  const inLine = IN_LINE.reduce((sum, wanted) => sum + (numbers[wanted] ?? 0), 0);
  const item = (wanted) => ledgerItem({
    number: count(numbers[wanted]), label: statusWord(wanted), name: look(wanted).icon, family: look(wanted).family,
    pressed: status.value === wanted, choose: () => { status.value = status.value === wanted ? '' : wanted; },
  });
  return h('div', { class: 'ledger', role: 'group', 'aria-label': say('tasks.ledger') }, [
    ledgerItem({ number: count(inLine), label: say('tasks.inLine'), pressed: status.value === '', choose: () => { status.value = ''; } }),
    ...statuses.filter((wanted) => numbers[wanted] > 0).map(item),
    ledgerItem({ number: count(farm.nr_of_tasks), label: say('tasks.all'), pressed: status.value === 'all', choose: () => { status.value = 'all'; } }),
  ]);
}
