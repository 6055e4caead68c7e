/** Beside the tasks of a job: why some failed, what the job is, and the settings that it was made from. */
import { setPriority } from '../job-actions.js';
import { copy } from '../loading.js';
import { whyBarred } from '../out-of-contact.js';
import { facts, icon, named, panel, statusOf } from '../parts.js';
import { link } from '../router.js';
import { clock } from '../clock.js';
import { h, ref } from '../vue.js';
import { ago, dateAndTime, listOf, say } from '../words/words.js';

const MOST_CAUSES = 5;

/** @param open chooses a task and opens its log */
export const causesPanel = (causes, open) => (causes.length === 0 ? null : h('section', { class: 'panel attend', 'aria-labelledby': 'causes-title' }, [
  h('div', { class: 'panel-head' }, [h('h2', { id: 'causes-title' }, say('job.causes'))]),
  h('ul', causes.slice(0, MOST_CAUSES).map(({ cause, tasks, workers }) => h('li', { key: cause, 'data-family': 'stop' }, [
    icon('failed'),
    h('div', [h('strong', { class: 'cause' }, cause || say('job.causeNone')), h('br'), h('span', { class: 'quiet' }, say('job.cause', { n: tasks.length, workers: workers.length === 0 ? 'none' : listOf(workers.slice(0, 4)) }))]),
    h('button', { class: 'btn', 'data-kind': 'link', type: 'button', onClick: () => open(tasks[0]) }, say('job.firstLog')),
  ]))),
]));

/** Facts have the page drawn anew while somebody types, so what is typed stays here until it is sent. */
const Priority = {
  props: { job: { type: Object, required: true }, after: { type: Function, required: true } },
  setup(props) {
    const typed = ref(null);
    async function send({ target }) {
      const sent = target.value;
      if (target.checkValidity()) {
        await setPriority(props.job, target.valueAsNumber, props.after);
        typed.value = typed.value === sent ? null : typed.value;
      }
    }
    return () => h('input', {
      class: 'input num priority', type: 'number', min: 1, max: 100, required: true, 'aria-label': say('job.priority'), value: typed.value ?? props.job.priority,
      readonly: whyBarred() !== null, title: whyBarred() ?? undefined, onInput: ({ target }) => { typed.value = target.value; }, onChange: send,
    });
  },
};

/**
 * @param manager which runs it: `{ name, url }`, if it is known
 * @param after is told the job when its priority was changed
 */
export const about = (job, manager, after) => panel(say('job.about'), facts([
  [say('job.status'), [statusOf(job.status), job.status_reason ? h('p', { class: 'quiet' }, job.status_reason) : null]],
  [say('job.priority'), h(Priority, { job, after })],
  [say('job.type'), job.job_type],
  [say('job.user'), named(job.user)],
  [say('job.project'), named(job.project)],
  [say('job.created'), dateAndTime(job.created)],
  [say('job.updated'), ago(job.updated, clock.now)],
  [say('job.manager'), manager?.url ? h('a', { href: manager.url }, manager.name) : manager?.name ?? job.manager],
  [say('job.id'), [h('code', job.id), ' ', h('button', { class: 'btn', 'data-kind': 'link', type: 'button', onClick: () => copy(job.id) }, say('page.copy'))]],
]), { id: 'about-title' });

const shown = (value) => h('code', typeof value === 'string' ? value : JSON.stringify(value));

export const settings = (job) => (Object.keys(job.settings ?? {}).length === 0 ? null : panel(say('job.settings'),
  facts(Object.entries(job.settings).sort(([a], [b]) => a.localeCompare(b)).map(([name, value]) => [name, shown(value)])),
  { id: 'settings-title', aside: link(`/submit?from=${job.id}`, say('job.again')) }));
