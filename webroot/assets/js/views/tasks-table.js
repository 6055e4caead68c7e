/** Tasks as a table, the same for the Manager's queue and a job of the Server. */
import { clock } from '../clock.js';
import { meter, statusOf } from '../parts.js';
import { link } from '../router.js';
import { Rows } from '../rows.js';
import { waits } from '../status.js';
import { h } from '../vue.js';
import { ago, say } from '../words/words.js';

/**
 * @param href the address of a task's log, or null when there is none: `(task) => …`
 * @param inside whether the address belongs to this application
 */
export const tasksTable = (list, tasks, { href, inside = true, more, open }) => h(Rows, {
  columns: [
    { word: say('tasks.name') }, { word: say('tasks.status') }, { word: say('tasks.progress'), kind: 'col-strip' },
    { word: say('tasks.worker'), kind: 'wide' }, { word: say('tasks.activity'), kind: 'wide' }, { word: say('tasks.changed'), kind: 'wide' }, { word: say('tasks.log'), kind: 'col-menu' },
  ],
  rows: tasks, list, more, open, label: say('tasks.title'), cells: (task) => row(task, href(task), inside),
});

function row(task, href, inside) {
  const asks = inside && waits(task.status);
  const label = { 'aria-label': say(asks ? 'why.of' : 'tasks.logOf', { name: task.name }) };
  const open = (text, properties) => (inside ? link(href, text, properties) : h('a', { href, ...properties }, text));
  return {
    properties: { 'data-task-id': task.id },
    cells: [
      h('th', { scope: 'row' }, [h('span', { class: 'two' }, [h('span', task.name), h('span', task.task_type)])]),
      h('td', [statusOf(task.status)]),
      h('td', { class: 'card-line col-strip' }, [task.status === 'active' ? meter(task.task_progress_percentage ?? 0) : null]),
      h('td', { class: 'wide' }, task.worker || ''),
      h('td', { class: 'wide' }, [h('span', { class: 'clip activity' }, task.activity || '')]),
      h('td', { class: 'wide num' }, ago(task.last_updated ?? task.updated, clock.now)),
      h('td', { class: 'col-menu' }, [href ? open(say(asks ? 'why.short' : 'tasks.log'), label) : null]),
    ],
  };
}
