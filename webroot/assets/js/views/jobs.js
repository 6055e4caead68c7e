/** All jobs of the Server, grouped by what is next. */
import { server } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { countsStrip } from '../drawings/strip.js';
import { actionsOnJobs, jobsBar } from '../jobs-bulk.js';
import { bindHere } from '../keys.js';
import { byId, liveList } from '../live-list.js';
import { atMostEvery, every, loaded, orElse, untilGone } from '../loading.js';
import { jobAfter } from '../model/deltas.js';
import { choice, icon, lead, ledgerItem, named, nothing, rich, search, statusOf } from '../parts.js';
import { goTo, inAddress, link } from '../router.js';
import { selection } from '../selection.js';
import { Rows } from '../rows.js';
import { look, nextFor, statuses } from '../status.js';
import { brand } from '../brand.js';
import { computed, h, ref, shallowReactive } from '../vue.js';
import { ago, count, say, statusWord } from '../words/words.js';
import { JobThumb } from './job-thumb.js';

const PAGE = 100;

/** Archived jobs have a page of their own. */
const HERE = 'waiting-for-files,under-construction,construction-failed,paused,queued,active,cancel-requested,fail-requested,canceled,completed,failed,requeued';

const GROUPS = ['attend', 'rendering', 'waiting', 'finished'];

const byNext = (a, b) => GROUPS.indexOf(nextFor(a)) - GROUPS.indexOf(nextFor(b)) || b.priority - a.priority || -byId(a, b);
const byChange = (a, b) => Date.parse(b.updated) - Date.parse(a.updated) || byId(a, b);

export default {
  setup() {
    const status = inAddress('status');
    const text = inAddress('q');
    const group = inAddress('group', 'next');
    const jobs = liveList((a, b) => (group.value === 'next' ? byNext(a, b) : byChange(a, b)));
    const next = ref(null);
    let older = [];
    const first = loaded(async () => {
      const page = await server.jobs({ status: HERE, limit: PAGE });
      next.value = older.length === 0 ? page.next ?? null : next.value;
      const known = new Set(page.jobs.map((job) => job.id));
      selected.keep((id) => known.has(id) || older.some((job) => job.id === id));
      jobs.set([...page.jobs, ...older.filter((job) => !known.has(job.id))]);
      return true;
    });
    async function more() {
      const page = await server.jobs({ status: HERE, limit: PAGE, cursor: next.value });
      next.value = page.next ?? null;
      older = [...older, ...page.jobs];
      jobs.add(page.jobs);
    }
    const newer = shallowReactive(new Map());
    const selected = selection('jobs');
    const chosen = computed(() => (selected.size.value === 0 ? [] : jobs.rows.value.filter((job) => selected.has(job.id))));
    const doFirst = (action) => () => actionsOnJobs(chosen.value, first.reload).find((candidate) => candidate.action === action)?.act();
    bindHere([
      { keys: 'Ctrl a', word: 'keys.selectAll', act: () => selected.set(fitting.value.map((job) => job.id)) },
      { keys: 'Escape', word: 'keys.clear', act: () => (selected.size.value > 0 ? selected.clear() : false) },
      { keys: 'r', word: 'keys.requeueFailed', act: doFirst('requeueFailed'), orders: true },
      { keys: 'p', word: 'keys.pause', act: doFirst('pause'), orders: true },
      { keys: 'c', word: 'keys.cancel', act: doFirst('cancel'), orders: true },
    ]);
    const order = () => fitting.value.map((job) => job.id);
    const arrivals = atMostEvery(500, first.reload);
    void first.reload();
    untilGone(onContact(first.reload), every(60_000, first.reload), hear(topics.jobStatus, (fact) => {
      if (fact.status === '') {
        jobs.remove(fact.job_id);
        selected.keep((id) => id !== fact.job_id);
      } else if (!jobs.change(fact.job_id, (job) => jobAfter(job, fact))) {
        arrivals();
      }
    }), hear(topics.jobPicture, (fact) => newer.set(fact.job_id, fact.url)));

    const fits = (job) => (status.value === '' || job.status === status.value)
      && `${job.name} ${job.job_type} ${named(job.user)} ${named(job.project)}`.toLowerCase().includes(text.value.trim().toLowerCase());
    const fitting = computed(() => jobs.rows.value.filter(fits));
    const numberOf = (wanted) => jobs.rows.value.filter((job) => nextFor(job) === wanted).length;
    const regroup = (wanted) => () => { group.value = wanted; jobs.reorder(); };
    const clear = () => { status.value = ''; text.value = ''; };
    const unfit = () => nothing('search', say('jobs.noneFit', { text: text.value || statusWord(status.value) }), null, [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))]);

    return () => orElse(first, () => {
      const rendering = jobs.rows.value.filter((job) => job.status === 'active').length;
      document.title = say('jobs.pageTitle', { name: brand.name, n: rendering });
      brand.share = rendering === 0 ? 0 : 1;
      return h('div', [
        lead({ sentence: rich('jobs.sentence', { n: rendering, attend: numberOf('attend') }), under: say('jobs.waiting', { n: numberOf('waiting') }), actions: [link('/submit', [icon('plus'), say('submit.title')], { class: 'btn', 'data-kind': 'primary' })] }),
        ledger(jobs.rows.value, status),
        h('div', { class: 'tools' }, [
          search(text.value, say('jobs.filter'), (wanted) => { text.value = wanted; }),
          jobsBar(chosen.value, selected, first.reload) ?? h('span', { class: 'push group', role: 'group', 'aria-label': say('jobs.group') }, [
            choice(group.value === 'next', say('jobs.next'), regroup('next')), choice(group.value === 'flat', say('jobs.flat'), regroup('flat')),
          ]),
        ]),
        jobs.rows.value.length === 0 ? firstJob() : fitting.value.length === 0 ? h('div', { class: 'sheet' }, [unfit()]) : h(Rows, {
          columns: [
            { word: everyone(fitting.value, selected), kind: 'col-check' }, { word: h('span', { class: 'hidden-visually' }, say('jobs.picture')), kind: 'col-thumb' }, { word: say('jobs.name') }, { word: say('jobs.status') }, { word: say('jobs.progress'), kind: 'col-strip' },
            { word: say('jobs.priority'), kind: 'wide right' }, { word: say('jobs.updated'), kind: 'wide' },
          ],
          rows: fitting.value, list: jobs, label: say('jobs.title'), cells: (job) => row(job, newer.get(job.id), selected, order), select: (job, range) => selected.toggle(job.id, { range, order: order() }), open: (job) => goTo(`/jobs/${job.id}`),
          band: group.value === 'next' ? (job) => nextFor(job) : null,
          bandWord: (wanted) => say(`jobs.group.${wanted}`, { n: fitting.value.filter((job) => nextFor(job) === wanted).length }),
        }),
        next.value === null ? null : h('p', { class: 'list-foot' }, [h('button', { class: 'btn', type: 'button', onClick: more }, say('list.more'))]),
        jobs.rows.value.length > 0 ? legend() : null,
      ]);
    });
  },
};

const firstJob = () => h('div', { class: 'sheet' }, [nothing('jobs', say('jobs.none'), say('jobs.noneHint'), [h('p', { class: 'command' }, [h('code', 'flamenco submit --help')])])]);

function ledger(jobs, status) {
  const numbers = new Map();
  jobs.forEach((job) => numbers.set(job.status, (numbers.get(job.status) ?? 0) + 1));
  return h('div', { class: 'ledger', role: 'group', 'aria-label': say('jobs.ledger') }, [
    ledgerItem({ number: count(jobs.length), label: say('jobs.all'), pressed: status.value === '', choose: () => { status.value = ''; } }),
    ...statuses.filter((wanted) => numbers.has(wanted)).map((wanted) => ledgerItem({
      number: count(numbers.get(wanted)), label: statusWord(wanted), name: look(wanted).icon, family: look(wanted).family,
      pressed: status.value === wanted, choose: () => { status.value = status.value === wanted ? '' : wanted; },
    })),
  ]);
}

function everyone(fitting, selected) {
  const number = fitting.filter((job) => selected.has(job.id)).length;
  return h('input', {
    class: 'check', type: 'checkbox', 'aria-label': say('jobs.selectAll'), checked: number > 0 && number === fitting.length, indeterminate: number > 0 && number < fitting.length,
    onChange: () => (number === fitting.length ? selected.clear() : selected.set(fitting.map((job) => job.id))),
  });
}

function row(job, newer, selected, order) {
  const done = job.tasks?.by_status?.completed ?? 0;
  const failed = job.tasks?.by_status?.failed ?? 0;
  const all = job.tasks?.total ?? 0;
  const from = [named(job.project), named(job.user)].filter((part) => part).join(', ') || job.job_type;
  const why = job.status_reason || (failed > 0 ? say('jobs.why.failed', { n: failed }) : '');
  return {
    properties: { 'data-job-id': job.id, 'aria-selected': selected.has(job.id) ? 'true' : undefined },
    cells: [
      h('td', { class: 'col-check' }, [h('input', {
        class: 'check', type: 'checkbox', checked: selected.has(job.id), 'aria-label': say('workers.select', { name: job.name }),
        onClick: (event) => selected.toggle(job.id, { range: event.shiftKey, order: order() }),
      })]),
      h('td', { class: 'col-thumb' }, [h(JobThumb, { job: job.id, status: job.status, newer })]),
      h('th', { scope: 'row' }, [h('span', { class: 'two' }, [link(`/jobs/${job.id}`, job.name), h('span', from)])]),
      h('td', [h('span', { class: 'two' }, [statusOf(job.status), h('span', { class: 'clip why' }, why)])]),
      h('td', { class: 'card-line col-strip' }, all === 0 ? [h('span', { class: 'quiet' }, say('jobs.noTasks'))] : [
        h('span', { class: 'two' }, [countsStrip(job.tasks, say('jobs.done', { done, all })), h('span', { class: 'num' }, say('jobs.done', { done, all }))]),
      ]),
      h('td', { class: 'num wide right' }, count(job.priority)),
      h('td', { class: 'num wide' }, ago(job.updated, clock.now)),
    ],
  };
}

const legend = () => h('ul', { class: 'legend list-foot' }, ['completed', 'active', 'soft-failed', 'failed'].map((status) =>
  h('li', { class: 'st', 'data-family': look(status).family }, [icon(look(status).icon), statusWord(status)])));
