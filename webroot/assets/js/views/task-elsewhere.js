/** The address of a task's log on the Server: leads to the Manager that keeps the log. */
import { manager, server } from '../api.js';
import { loaded, orElse } from '../loading.js';
import { nothing } from '../parts.js';
import { link } from '../router.js';
import { h } from '../vue.js';
import { say } from '../words/words.js';

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const place = loaded(async () => {
      const task = await server.task(id);
      const [job, { managers }] = await Promise.all([server.job(task.job), server.managers()]);
      const url = managers.find((candidate) => candidate.id === job.manager)?.url?.replace(/\/$/, '') ?? null;
      if (url !== null) {
        location.replace(url + manager.logPage(id) + location.hash);
      }
      return { job, url };
    });
    document.title = say('tasks.log');
    void place.reload();
    const title = (word) => h('h1', { class: 'hidden-visually' }, word);
    const absent = h('div', [title(say('log.notFound')), nothing('search', say('log.notFound'), null, [link('/jobs', say('nav.jobs'))])]);
    return () => h('div', [orElse(place, ({ job, url }) => (url === null
      ? h('div', [title(say('log.elsewhere')), nothing('no-contact', say('log.elsewhere'), say('log.elsewhereHint'), [link(`/jobs/${job.id}?task=${id}&log=open`, job.name)])])
      : title(say('tasks.log'))), { notFound: absent })]);
  },
};
