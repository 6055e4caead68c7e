/** The end of a task's log at the foot of the job's page. */
import { levelOf, timed } from '../model/log-lines.js';
import { icon, statusOf } from '../parts.js';
import { h } from '../vue.js';
import { say } from '../words/words.js';
import { WholeLog } from './whole-log.js';

export function drawer(task, href, close) {
  const lines = (task.log_tail ?? '').split('\n').filter((line) => line !== '');
  return h('section', { class: 'drawer', 'aria-labelledby': 'drawer-title' }, [
    h('div', { class: 'drawer-head' }, [
      h('h2', { id: 'drawer-title' }, task.name), statusOf(task.status), h('span', { class: 'small quiet' }, task.worker ?? ''),
      h('span', { class: 'row push' }, [
        h(WholeLog, { key: task.id, task: task.id }),
        href ? h('a', { class: 'btn', 'data-size': 'small', href }, say('job.wholeLog')) : null,
        h('button', { class: 'btn', 'data-kind': 'plain', 'data-size': 'small', type: 'button', 'aria-label': say('keys.closeLog'), onClick: close }, [icon('close')]),
      ]),
    ]),
    h('div', { class: 'log', tabindex: 0, role: 'region', 'aria-label': say('job.drawer', { name: task.name }) }, lines.length === 0
      ? [h('p', { class: 'quiet drawer-none' }, say('job.drawerNone'))]
      : lines.map((line, index) => {
        const { at, text } = timed(line);
        return h('div', { class: 'log-line', key: index, 'data-level': levelOf(line) }, [h('b'), h('time', at === null ? '' : at.slice(11, 19)), h('span', text)]);
      })),
  ]);
}
