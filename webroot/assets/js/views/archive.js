/** The jobs that were put into the archive: how they ended, their files, and back with them. */
import { server } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { countsStrip } from '../drawings/strip.js';
import { actionsOn } from '../job-actions.js';
import { atMostEvery, loaded, orElse, untilGone } from '../loading.js';
import { order } from '../out-of-contact.js';
import { icon, lead, nothing, rich, search, statusOf } from '../parts.js';
import { goTo, inAddress, link } from '../router.js';
import { Rows } from '../rows.js';
import { h, ref, watch } from '../vue.js';
import { ago, dateAndTime, say } from '../words/words.js';

const PAGE = 100;
const TYPED_MS = 300;

export default {
  setup() {
    const text = inAddress('q');
    const next = ref(null);
    const total = ref(0);
    const page = async (cursor) => {
      const answer = await server.jobs({ status: 'archived,archiving', sort: '-updated', total: true, q: text.value.trim(), limit: PAGE, cursor });
      next.value = answer.next ?? null;
      total.value = answer.total;
      return answer.jobs;
    };
    const jobs = loaded(() => page());
    const more = async () => { jobs.state.value = [...jobs.state.value, ...await page(next.value)]; };
    let typing = null;
    watch(text, () => {
      clearTimeout(typing);
      typing = setTimeout(jobs.reload, TYPED_MS);
    });
    document.title = say('archive.title');
    void jobs.reload();
    const changed = atMostEvery(500, jobs.reload);
    untilGone(onContact(jobs.reload), hear(topics.jobStatus, (fact) => {
      if ([fact.status, fact.old_status].some((status) => ['archived', 'archiving'].includes(status))) {
        changed();
      }
    }));
    const clear = () => { text.value = ''; };

    return () => orElse(jobs, (list) => h('div', [
      lead({ sentence: rich('archive.sentence', { n: total.value }), under: say('archive.under') }),
      h('div', { class: 'tools' }, [search(text.value, say('archive.filter'), (value) => { text.value = value; })]),
      list.length === 0
        ? h('div', { class: 'sheet' }, [text.value === '' ? nothing('archived', say('archive.none'), say('archive.noneHint'), [link('/jobs', say('nav.jobs'))])
          : nothing('search', say('jobs.noneFit', { text: text.value }), null, [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))])])
        : h('div', [
          h(Rows, { columns: columns(), rows: list, label: say('archive.title'), cells: (job) => row(job, jobs.reload), open: (job) => goTo(`/jobs/${job.id}`) }),
          next.value === null ? null : h('p', { class: 'list-foot' }, [h('button', { class: 'btn', type: 'button', onClick: more }, say('list.more'))]),
        ]),
    ]));
  },
};

const columns = () => [{ word: say('jobs.name') }, { word: say('jobs.status') }, { word: say('jobs.progress'), kind: 'col-strip' }, { word: say('archive.since') }, { word: h('span', { class: 'hidden-visually' }, say('archive.actions')) }];

function row(job, reload) {
  const done = job.tasks?.by_status?.completed ?? 0;
  const all = job.tasks?.total ?? 0;
  const restore = actionsOn(job, reload).find(({ action }) => action === 'restore');
  return {
    properties: { 'data-job-id': job.id },
    cells: [
      h('th', { scope: 'row' }, [h('span', { class: 'two' }, [link(`/jobs/${job.id}`, job.name), h('span', job.job_type)])]),
      h('td', [statusOf(job.status)]),
      h('td', { class: 'card-line col-strip' }, all === 0 ? [] : [h('span', { class: 'two' }, [countsStrip(job.tasks, say('jobs.done', { done, all })), h('span', { class: 'num' }, say('jobs.done', { done, all }))])]),
      h('td', { class: 'num', title: dateAndTime(job.updated) }, ago(job.updated, clock.now)),
      h('td', { class: 'right card-line' }, job.status !== 'archived' ? [] : [h('span', { class: 'row row-end' }, [
        h('a', { class: 'btn', 'data-size': 'small', href: server.archiveOf(job.id), download: '', 'aria-label': say('archive.downloadOf', { name: job.name }) }, [icon('download'), say('log.download')]),
        restore ? h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': say('archive.restoreOf', { name: job.name }), onClick: restore.act }), [icon(restore.icon), restore.word]) : null,
      ])]),
    ],
  };
}
