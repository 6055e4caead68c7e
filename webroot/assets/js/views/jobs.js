/** All jobs of the Server. */
import { server } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { atMostEvery, clock, h, loaded, nothing, orElse, reactive, ref, statusOf, untilGone } from '../parts.js';
import { link } from '../router.js';
import { ago, count, say, statusWord } from '../words/words.js';
import { countsBar } from './progress.js';

const row = (job) => h('tr', { key: job.id, 'data-job-id': job.id }, [
  h('th', { scope: 'row' }, [h('span', { class: 'two' }, [link(`/jobs/${job.id}`, job.name), h('span', job.job_type)])]),
  h('td', [h('span', { class: 'two' }, [statusOf(job.status), h('span', { class: 'clip' }, job.status_reason ?? '')])]),
  h('td', { class: 'card-line' }, [h('span', { class: 'two' }, [
    countsBar(job.tasks), h('span', say('jobs.done', { done: job.tasks.by_status?.completed ?? 0, all: job.tasks.total })),
  ])]),
  h('td', { class: 'num wide' }, count(job.priority)),
  h('td', { class: 'num wide' }, ago(job.updated, clock.now)),
]);

function sentence(jobs) {
  const active = jobs.filter((job) => job.status === 'active').length;
  const failed = jobs.filter((job) => job.status === 'failed' || job.status === 'construction-failed').length;
  return [
    active > 0 ? say('jobs.sentence', { n: active }) : say('jobs.idle'),
    failed > 0 ? [' ', h('em', { 'data-kind': 'stop' }, say('jobs.failed', { n: failed }))] : null,
  ];
}

export default {
  setup() {
    const next = ref(null);
    const older = ref([]);
    const filter = reactive({ text: '' });
    const newest = loaded(async () => {
      const page = await server.jobs({ limit: 100 });
      if (older.value.length === 0) {
        next.value = page.next;
      }
      return page.jobs;
    });
    async function more() {
      const page = await server.jobs({ limit: 100, cursor: next.value });
      older.value = [...older.value, ...page.jobs];
      next.value = page.next;
    }
    document.title = say('jobs.title');
    void newest.reload();
    untilGone(onContact(newest.reload), hear(topics.jobStatus, atMostEvery(500, newest.reload)));

    const fits = (job) => `${job.name} ${job.job_type} ${statusWord(job.status)}`.toLowerCase().includes(filter.text.trim().toLowerCase());
    return () => orElse(newest, (jobs) => {
      const known = new Set(jobs.map((job) => job.id));
      const list = [...jobs, ...older.value.filter((job) => !known.has(job.id))];
      return h('div', [
        h('div', { class: 'lead' }, [h('div', { class: 'lead-text' }, [h('h1', { class: 'sentence' }, sentence(list))])]),
        h('div', { class: 'tools' }, [h('input', {
          class: 'input', type: 'search', placeholder: say('jobs.filter'), 'aria-label': say('jobs.filter'),
          value: filter.text, onInput: (event) => { filter.text = event.target.value; },
        })]),
        list.length === 0
          ? h('div', { class: 'sheet' }, [nothing('jobs', say('jobs.none'), say('jobs.noneHint'))])
          : h('div', { class: 'sheet table-scroll cards', 'data-plain': '' }, [h('table', [
            h('thead', [h('tr', [
              h('th', say('jobs.name')), h('th', say('jobs.status')), h('th', say('jobs.progress')),
              h('th', { class: 'wide' }, say('jobs.priority')), h('th', { class: 'wide' }, say('jobs.updated')),
            ])]),
            h('tbody', list.filter(fits).map(row)),
          ])]),
        next.value ? h('p', [h('button', { class: 'btn', type: 'button', onClick: more }, say('tasks.more'))]) : null,
      ]);
    });
  },
};
