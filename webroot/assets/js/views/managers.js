/** The Managers that take tasks from this Server. */
import { server } from '../api.js';
import { h, loaded, nothing, orElse } from '../parts.js';
import { count, say } from '../words/words.js';

const row = (manager) => h('tr', { key: manager.id }, [
  h('th', { scope: 'row' }, [h('span', { class: 'two' }, [
    h('span', manager.name),
    manager.url ? h('a', { href: manager.url }, say('managers.open')) : null,
  ])]),
  h('td', { class: 'num' }, manager.nr_of_workers >= 0 ? count(manager.nr_of_workers) : ''),
  h('td', (manager.worker_task_types ?? []).join(', ')),
]);

export default {
  setup() {
    const managers = loaded(async () => (await server.managers()).managers);
    document.title = say('managers.title');
    void managers.reload();
    return () => h('div', [
      h('div', { class: 'lead' }, [h('div', { class: 'lead-text' }, [h('h1', { class: 'sentence' }, say('managers.title'))])]),
      orElse(managers, (list) => list.length === 0
        ? h('div', { class: 'sheet' }, [nothing('workers', say('managers.none'))])
        : h('div', { class: 'sheet table-scroll' }, [h('table', [
          h('thead', [h('tr', [h('th', say('managers.name')), h('th', say('managers.workers')), h('th', say('managers.types'))])]),
          h('tbody', list.map(row)),
        ])])),
    ]);
  },
};
