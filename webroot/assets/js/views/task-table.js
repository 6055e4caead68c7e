/** Tasks as a table. */
import { h, statusOf, percentBar } from '../parts.js';
import { link } from '../router.js';
import { say } from '../words/words.js';

/** One row per task; `logHref` gives the address of a task's log, or null when there is none. */
export const taskTable = (tasks, logHref) =>
  h('div', { class: 'sheet table-scroll cards', 'data-plain': '' }, [
    h('table', [
      h('thead', [h('tr', [
        h('th', say('tasks.name')),
        h('th', say('tasks.status')),
        h('th', { class: 'wide' }, say('tasks.type')),
        h('th', say('tasks.worker')),
        h('th', { class: 'wide' }, say('tasks.activity')),
        h('th', say('tasks.log')),
      ])]),
      h('tbody', tasks.map((task) => row(task, logHref(task)))),
    ]),
  ]);

const row = (task, href) =>
  h('tr', { key: task.id, 'data-task-id': task.id }, [
    h('th', { scope: 'row' }, task.name),
    h('td', [h('span', { class: 'two' }, [
      statusOf(task.status),
      task.status === 'active' ? percentBar(task.task_progress_percentage ?? 0) : null,
    ])]),
    h('td', { class: 'wide' }, task.task_type),
    h('td', task.worker || ''),
    h('td', { class: 'wide clip' }, task.activity || ''),
    h('td', href ? [link(href, say('tasks.log'), { 'aria-label': `${say('tasks.log')} ${task.name}` })] : []),
  ]);
