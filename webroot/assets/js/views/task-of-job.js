/** The address of a task without its job, as Managers know it: leads to the job with the task chosen. */
import { server } from '../api.js';
import { loaded, orElse } from '../loading.js';
import { nothing } from '../parts.js';
import { goTo, link } from '../router.js';
import { h } from '../vue.js';
import { say } from '../words/words.js';

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const task = loaded(async () => {
      const found = await server.task(id);
      goTo(`/jobs/${found.job}?task=${id}`);
      return found;
    });
    document.title = say('tasks.name');
    void task.reload();
    const absent = h('div', [h('h1', { class: 'hidden-visually' }, say('log.notFound')), nothing('search', say('log.notFound'), null, [link('/jobs', say('nav.jobs'))])]);
    return () => h('div', [orElse(task, () => h('h1', { class: 'hidden-visually' }, say('tasks.name')), { notFound: absent })]);
  },
};
