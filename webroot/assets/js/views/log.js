/** The page of a task's log: what the task does, and its log with search, problems, a map of the whole, and download. */
import { manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { Minimap } from '../drawings/minimap.js';
import { bindHere } from '../keys.js';
import { atMostEvery, copy, every, loaded, orElse, untilGone } from '../loading.js';
import { taskAfter } from '../model/deltas.js';
import { Matches, merged, nextOf, pattern } from '../model/log-lines.js';
import { icon, lead, nothing, panel, rich, statusOf } from '../parts.js';
import { link, place } from '../router.js';
import { waits } from '../status.js';
import { computed, h, nextTick, ref, watch } from '../vue.js';
import { count, say, size, statusWord } from '../words/words.js';
import { followedLog, wholeLog } from './followed-log.js';
import { LogText } from './log-text.js';

const LOOK_AFTER_MS = 200;
const KEEP_FILE_MS = 60_000;
const SENTENCES = ['active', 'completed', 'failed', 'soft-failed', 'canceled'];

function saveAs(blob, name) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), KEEP_FILE_MS);
}

/** Why nobody runs the task, while that is a question. */
const whyPanel = (found) => (found === null || !waits(found.status) ? null : panel(say('why.title'),
  h('ul', { class: 'panel-body reasons' }, (found.reasons.length > 0 ? found.reasons : [say('why.turn')]).map((reason) => h('li', { key: reason }, reason))), { id: 'why-title' }));

/** A word as it stands within a sentence; names in it keep their capitals. */
const lowered = (word) => word.charAt(0).toLowerCase() + word.slice(1);

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const task = loaded(() => manager.task(id));
    const source = followedLog(id);
    const linked = Number(/^#L(\d+)$/.exec(place.hash)?.[1] ?? 0) - 1;
    const following = ref(linked < 0);
    const seen = ref(0);
    const wrap = ref(localStorage.getItem('log-wrap') === 'yes');
    const levels = ref('all');
    const typed = ref('');
    const wanted = ref('');
    const here = ref(linked);
    const saving = ref(false);
    const view = ref({ first: 0, last: 0 });
    const text = ref(null);
    const field = ref(null);

    const expression = computed(() => pattern(wanted.value));
    const searched = computed(() => (source.begun.value, new Matches(source.log(), expression.value)));
    const found = computed(() => (source.version.value, searched.value.all()));
    const problems = computed(() => (source.version.value, { ...source.log().problems }));
    const only = computed(() => ({ all: null, warn: problems.value.warn, error: problems.value.error })[levels.value]);
    const total = computed(() => (source.version.value, source.log().length));

    function go(number) {
      if (number === null) {
        return;
      }
      pause();
      here.value = number;
      history.replaceState(null, '', `${place.path}${place.query}#L${number + 1}`);
      void text.value?.show(number);
    }
    function pause() {
      if (following.value) {
        following.value = false;
        seen.value = total.value;
      }
    }
    function follow() {
      following.value ? pause() : (following.value = true);
    }
    const match = (step) => go(nextOf(found.value, here.value, step));
    const problem = () => go(nextOf(merged(problems.value.warn, problems.value.error), here.value));
    function toggleWrap() {
      wrap.value = !wrap.value;
      localStorage.setItem('log-wrap', wrap.value ? 'yes' : 'no');
    }
    function goToLine() {
      const number = Number.parseInt(globalThis.prompt(say('log.goTo')) ?? '', 10);
      if (number > 0) {
        go(Math.min(total.value, number) - 1);
      }
    }
    function look() {
      wanted.value = typed.value;
      if (expression.value) {
        go(nextOf(found.value, here.value - 1));
      }
    }
    const lookSoon = atMostEvery(LOOK_AFTER_MS, look);
    function looked(event) {
      typed.value = event.target.value;
      lookSoon();
    }

    async function save(name) {
      saving.value = true;
      try {
        saveAs(await wholeLog(id), `${name}.log.txt`);
      } finally {
        saving.value = false;
      }
    }
    watch([levels, wrap], () => {
      if (!following.value && here.value >= 0) {
        void text.value?.show(here.value);
      }
    });

    const why = loaded(() => manager.why(id));
    watch(() => task.state.value?.status, (status) => {
      why.state.value = null;
      if (waits(status)) {
        void why.reload();
      }
    });
    void task.reload();
    untilGone(onContact(task.reload), every(15_000, () => { if (why.state.value) { void why.reload(); } }), hear(topics.taskStatus, (fact) => {
      if (fact.task_id === id && task.state.value) {
        task.state.value = taskAfter(task.state.value, fact);
      }
    }));
    const stop = watch(total, async (number) => {
      if (number > 0) {
        stop();
        await nextTick();
        if (linked >= 0) {
          void text.value?.show(linked);
        }
      }
    });
    bindHere([
      { keys: '/', word: 'keys.search', act: () => field.value?.focus() },
      { keys: 'n', word: 'keys.nextMatch', act: () => match(1) },
      { keys: 'Shift n', word: 'keys.previousMatch', act: () => match(-1) },
      { keys: 'e', word: 'keys.nextProblem', act: problem },
      { keys: 'Space', word: 'keys.followLog', act: (event) => (event.target.tagName === 'BUTTON' ? false : void follow()) },
      { keys: 'Shift g', word: 'keys.line', act: goToLine },
      { keys: 'w', word: 'keys.wrap', act: toggleWrap },
      { keys: 'l', word: 'keys.linkLine', act: () => copy(location.href) },
    ]);

    const absent = h('div', [h('h1', { class: 'hidden-visually' }, say('log.notFound')),
      nothing('search', say('log.notFound'), say('log.notFoundHint', { id }), [link('/queue', say('nav.tasks'))])]);
    const pressed = (value, word, choose) => h('button', { class: 'btn', type: 'button', 'aria-pressed': String(value), onClick: choose }, word);

    const toolbar = () => h('div', { class: 'tools log-tools' }, [
      h('span', { class: 'group search' }, [
        h('input', {
          class: 'input', type: 'search', ref: field, placeholder: say('log.search'), 'aria-label': say('log.search'), maxlength: 200, value: typed.value, onInput: looked,
          onKeydown: (event) => { if (event.key === 'Enter') { match(event.shiftKey ? -1 : 1); } },
        }),
        wanted.value === '' ? null : h('span', { class: 'btn num log-hits' }, say('log.found', { n: found.value.length, at: found.value.indexOf(here.value) + 1 })),
        h('button', { class: 'btn', 'data-size': 'icon', type: 'button', 'aria-label': say('log.previous'), disabled: found.value.length === 0, onClick: () => match(-1) }, [icon('up')]),
        h('button', { class: 'btn', 'data-size': 'icon', type: 'button', 'aria-label': say('log.next'), disabled: found.value.length === 0, onClick: () => match(1) }, [icon('down')]),
      ]),
      h('button', { class: 'btn', type: 'button', disabled: problems.value.warn.length + problems.value.error.length === 0, onClick: problem }, [icon('error'), say('log.problem')]),
      h('span', { class: 'group hide-phone', role: 'group', 'aria-label': say('log.levels') }, [
        pressed(levels.value === 'all', say('log.all'), () => { levels.value = 'all'; }),
        pressed(levels.value === 'warn', say('log.warnings', { n: problems.value.warn.length }), () => { levels.value = 'warn'; }),
        pressed(levels.value === 'error', say('log.errors', { n: problems.value.error.length }), () => { levels.value = 'error'; }),
      ]),
      h('button', { class: 'btn hide-phone', type: 'button', 'aria-pressed': String(wrap.value), onClick: toggleWrap }, [icon('wrap'), say('log.wrap')]),
      h('span', { class: 'push row' }, [
        following.value ? null : h('span', { class: 'small quiet hide-phone' }, say('log.paused', { n: total.value - seen.value })),
        h('button', { class: 'btn', 'data-kind': following.value ? undefined : 'primary', type: 'button', 'aria-pressed': String(following.value), onClick: follow }, [icon('follow'), say('log.follow')]),
      ]),
    ]);

    return () => orElse(task, (value) => {
      document.title = say('log.title', { name: value.name, status: statusWord(value.status) });
      const sentence = { name: value.name, worker: value.worker || say('log.noWorker'), status: SENTENCES.includes(value.status) ? value.status : 'other', word: lowered(statusWord(value.status)) };
      return h('div', [
        lead({
          crumbs: [link('/', say('nav.farm')), link('/queue', say('nav.tasks')), value.name],
          sentence: rich('log.sentence', sentence),
          under: [h('span', { class: 'row' }, [
            statusOf(value.status),
            value.status === 'active' ? h('span', { class: 'num' }, say('workers.at', { n: Math.round(value.task_progress_percentage ?? 0) })) : null,
            h('span', { class: 'num' }, say('log.lines', { n: total.value })),
            value.activity ? h('span', { class: 'clip' }, value.activity) : null,
          ])],
          actions: [h('a', { class: 'btn', href: manager.onServer(id) }, say('log.onServer')), h('button', { class: 'btn', type: 'button', disabled: saving.value, onClick: () => save(value.name) }, [icon('download'), say(saving.value ? 'log.downloading' : 'log.download'), h('span', { class: 'quiet num' }, size(source.whole.value))])],
        }),
        whyPanel(why.state.value),
        toolbar(),
        h('div', { class: 'log-frame' }, [
          h(LogText, {
            ref: text, id, source, only: only.value, pattern: expression.value, here: here.value, wrap: wrap.value, following: following.value,
            onPaused: pause, onChosen: go, onViewed: (range) => { view.value = range; },
          }),
          total.value === 0 ? null : h(Minimap, {
            source, total: total.value, marks: problems.value, hits: found.value, view: view.value, onGo: go,
            label: say('log.map', { warn: problems.value.warn.length, error: problems.value.error.length }),
          }),
        ]),
        h('p', { class: 'small quiet hide-phone list-foot' }, say('log.keys')),
      ]);
    }, { notFound: absent });
  },
};
