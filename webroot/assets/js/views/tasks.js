/** All tasks that the Manager holds, a page at a time. */
import { manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { atMostEvery, h, loaded, nothing, orElse, ref, untilGone } from '../parts.js';
import { say } from '../words/words.js';
import { taskTable } from './task-table.js';

const PAGE = 200;

export default {
  setup() {
    const older = ref([]);
    const next = ref(null);
    const newest = loaded(async () => {
      const page = await manager.tasks({ limit: PAGE });
      if (older.value.length === 0) {
        next.value = page.next;
      }
      return page.tasks;
    });
    async function more() {
      const page = await manager.tasks({ limit: PAGE, after: next.value });
      older.value = [...older.value, ...page.tasks];
      next.value = page.next;
    }
    document.title = say('tasks.title');
    void newest.reload();
    untilGone(onContact(newest.reload), hear(topics.taskStatus, atMostEvery(1000, newest.reload)));
    return () => h('div', [
      h('div', { class: 'lead' }, [h('div', { class: 'lead-text' }, [h('h1', { class: 'sentence' }, say('tasks.title'))])]),
      orElse(newest, (tasks) => tasks.length === 0
        ? h('div', { class: 'sheet' }, [nothing('queue', say('tasks.none'), say('tasks.noneHint'))])
        : taskTable([...tasks, ...older.value], (task) => `/tasks/${task.id}/log`)),
      next.value ? h('p', [h('button', { class: 'btn', type: 'button', onClick: more }, say('tasks.more'))]) : null,
    ]);
  },
};
