/** The Managers that are linked to this Server. */
import { server } from '../api.js';
import { onContact } from '../bus.js';
import { loaded, orElse, untilGone } from '../loading.js';
import { lead, nothing, rich } from '../parts.js';
import { Rows } from '../rows.js';
import { h } from '../vue.js';
import { count, listOf, say } from '../words/words.js';

const columns = () => [{ word: say('managers.name') }, { word: say('managers.workers'), kind: 'right' }, { word: say('managers.types'), kind: 'wide' }];

const row = (manager) => ({
  properties: { 'data-manager-id': manager.id },
  cells: [
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [manager.url ? h('a', { href: manager.url }, manager.name) : h('span', manager.name), h('span', manager.url ?? '')])]),
    h('td', { class: 'num right' }, manager.nr_of_workers >= 0 ? count(manager.nr_of_workers) : say('when.never')),
    h('td', { class: 'wide' }, listOf(manager.worker_task_types ?? [])),
  ],
});

export default {
  setup() {
    const managers = loaded(async () => (await server.managers()).managers);
    document.title = say('managers.title');
    void managers.reload();
    untilGone(onContact(managers.reload));
    return () => orElse(managers, (list) => h('div', [
      lead({ sentence: rich('managers.sentence', { n: list.length, workers: list.reduce((sum, manager) => sum + Math.max(0, manager.nr_of_workers ?? 0), 0) }) }),
      list.length === 0
        ? h('div', { class: 'sheet' }, [nothing('workers', say('managers.none'), say('managers.noneHint'))])
        : h(Rows, { columns: columns(), rows: list, label: say('managers.title'), cells: row, open: (manager) => { location.href = manager.url; } }),
    ]));
  },
};
