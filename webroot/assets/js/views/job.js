/** One job: how it stands, its tasks in order, its settings. */
import { server } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { atMostEvery, h, loaded, orElse, statusOf, untilGone } from '../parts.js';
import { link } from '../router.js';
import { dateAndTime, say, statusWord } from '../words/words.js';
import { taskGrid } from './progress.js';
import { taskTable } from './task-table.js';

const MOST_TASKS = 5000;

async function allTasks(id) {
  const tasks = [];
  let cursor = null;
  do {
    const page = await server.jobTasks(id, cursor);
    tasks.push(...page.tasks);
    cursor = page.next;
  } while (cursor && tasks.length < MOST_TASKS);
  return tasks;
}

function sentence(job) {
  const numbers = { name: job.name, all: job.tasks.total, done: job.tasks.by_status?.completed ?? 0, failed: job.tasks.by_status?.failed ?? 0 };
  const known = ['active', 'completed', 'failed'].includes(job.status) ? job.status : 'other';
  return say(`job.sentence.${known}`, { ...numbers, status: statusWord(job.status) });
}

const facts = (pairs) => h('dl', { class: 'facts panel-body' }, pairs.flatMap(([term, value]) => [h('dt', term), h('dd', value)]));
const setting = (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const job = loaded(() => server.job(id));
    const tasks = loaded(() => allTasks(id));
    const managers = loaded(async () => (await server.managers()).managers);
    const again = atMostEvery(500, () => { void job.reload(); void tasks.reload(); });
    [job, tasks, managers].forEach((part) => part.reload());
    untilGone(
      onContact(again),
      hear(topics.jobStatus, (fact) => { if (fact.job_id === id) { again(); } }),
      hear(topics.serverTaskStatus, (fact) => { if (fact.job_id === id) { again(); } }),
    );

    return () => orElse(job, (value) => {
      document.title = `${statusWord(value.status)} ${value.name}`;
      const manager = managers.state.value?.find((candidate) => candidate.id === value.manager);
      const base = manager?.url?.replace(/\/$/, '');
      const counts = { done: value.tasks.by_status?.completed ?? 0, all: value.tasks.total, failed: value.tasks.by_status?.failed ?? 0 };
      return h('div', [
        h('div', { class: 'lead' }, [h('div', { class: 'lead-text' }, [
          h('ol', { class: 'crumbs' }, [h('li', [link('/jobs', say('nav.jobs'))]), h('li', value.name)]),
          h('h1', { class: 'sentence' }, sentence(value)),
          h('p', { class: 'under row' }, [statusOf(value.status, { form: 'chip' }), h('span', value.status_reason ?? '')]),
        ])]),
        h('div', { class: 'split' }, [
          h('div', { class: 'main' }, [
            orElse(tasks, (list) => h('section', [
              h('div', { class: 'plain-head' }, [h('h2', say('job.tasks'))]),
              taskGrid(list, say('job.grid', counts)),
            ])),
            orElse(tasks, (list) => taskTable(list, (task) => (base ? `${base}/tasks/${task.id}/log` : null))),
          ]),
          h('aside', { class: 'side' }, [
            h('section', { class: 'panel' }, [
              h('div', { class: 'panel-head' }, [h('h2', say('job.facts'))]),
              facts([
                [say('job.type'), value.job_type],
                [say('job.created'), dateAndTime(value.created)],
                [say('job.manager'), base ? [h('a', { href: base }, manager.name)] : manager?.name ?? value.manager],
                [say('job.id'), [h('code', value.id)]],
              ]),
            ]),
            h('section', { class: 'panel' }, [
              h('div', { class: 'panel-head' }, [h('h2', say('job.settings'))]),
              facts(Object.entries(value.settings ?? {}).sort(([a], [b]) => a.localeCompare(b)).map(([name, text]) => [name, [h('code', setting(text))]])),
            ]),
          ]),
        ]),
      ]);
    });
  },
};
