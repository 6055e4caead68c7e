/** The log of one task: follows while it is written, keeps 100,000 lines smooth, and catches up without gap or double. */
import { manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { computed, h, icon, loaded, nothing, onMounted, ref, statusOf, untilGone } from '../parts.js';
import { LogLines, levelOf, windowOf } from '../log-lines.js';
import { link } from '../router.js';
import { count, say } from '../words/words.js';

const ROW_PX = 22;
const PIECE_BYTES = 512 * 1024;

export default {
  props: { id: { type: String, required: true } },
  setup({ id }) {
    const task = loaded(() => manager.task(id));
    const log = new LogLines();
    const version = ref(0);
    const following = ref(true);
    const seenLines = ref(0);
    const scroll = ref({ top: 0, height: 600 });
    const search = ref('');
    const match = ref(0);
    const body = ref(null);
    let fetching = null;

    const found = computed(() => (version.value, log.find(search.value)));

    function shown() {
      version.value++;
      if (following.value) {
        seenLines.value = log.length;
        requestAnimationFrame(toEnd);
      }
    }

    function toEnd() {
      if (body.value && following.value) {
        body.value.scrollTop = log.length * ROW_PX;
      }
    }

    /** Fetches from what is known to the end of the file; what arrives live meanwhile waits for it. */
    function catchUp() {
      fetching ??= (async () => {
        for (;;) {
          const piece = await manager.log(id, log.end, PIECE_BYTES);
          log.add(piece.offset, piece.bytes);
          shown();
          if (log.end >= piece.size || piece.bytes.length === 0) {
            return;
          }
        }
      })().catch(() => {}).finally(() => { fetching = null; });
      return fetching;
    }

    async function grew(fact) {
      if (fetching) {
        await fetching;
      }
      const gap = log.add(fact.offset, new TextEncoder().encode(fact.text));
      if (gap === null) {
        shown();
      } else {
        void catchUp();
      }
    }

    function scrolled(event) {
      const { scrollTop, clientHeight, scrollHeight } = event.target;
      scroll.value = { top: scrollTop, height: clientHeight };
      const atEnd = scrollTop + clientHeight >= scrollHeight - ROW_PX;
      if (!atEnd && following.value && scrollTop + clientHeight < log.length * ROW_PX - 3 * ROW_PX) {
        following.value = false;
      }
    }

    function follow() {
      following.value = !following.value;
      seenLines.value = log.length;
      toEnd();
    }

    function download() {
      const text = Array.from({ length: log.length }, (_, i) => `${log.line(i)}\n`).join('');
      const file = document.createElement('a');
      file.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
      file.download = `task-${id}.txt`;
      file.click();
      URL.revokeObjectURL(file.href);
    }

    function toMatch(step) {
      if (found.value.length > 0) {
        following.value = false;
        match.value = (match.value + step + found.value.length) % found.value.length;
        body.value.scrollTop = found.value[match.value] * ROW_PX - scroll.value.height / 2;
      }
    }

    void task.reload();
    void catchUp();
    onMounted(() => { scroll.value = { top: 0, height: body.value?.clientHeight ?? 600 }; });
    untilGone(
      hear(topics.taskLog(id), grew),
      hear(topics.taskStatus, (fact) => { if (fact.task_id === id) { void task.reload(); } }),
      onContact(() => { void task.reload(); void catchUp(); }),
    );

    const lineRow = (index) => {
      const text = log.line(index);
      return h('div', { class: 'log-line', key: index, 'data-level': levelOf(text), 'data-here': found.value[match.value] === index && search.value ? '' : undefined }, [
        h('b', count(index + 1)), h('span', text),
      ]);
    };

    function lines() {
      const { first, last } = windowOf(scroll.value.top, scroll.value.height, ROW_PX, log.length);
      const rows = Array.from({ length: last - first }, (_, i) => lineRow(first + i));
      const pane = (element) => {
        if (element) {
          element.style.setProperty('height', `${log.length * ROW_PX}px`);
          element.firstElementChild.style.setProperty('transform', `translateY(${first * ROW_PX}px)`);
        }
      };
      return h('div', { class: 'log-pane', ref: pane }, [h('div', { class: 'log-window' }, rows)]);
    }

    const toolbar = () => h('div', { class: 'tools' }, [
      h('input', {
        class: 'input', type: 'search', placeholder: say('log.search'), 'aria-label': say('log.search'), value: search.value,
        onInput: (event) => { search.value = event.target.value; match.value = 0; toMatch(0); },
        onKeydown: (event) => { if (event.key === 'Enter') { toMatch(event.shiftKey ? -1 : 1); } },
      }),
      search.value ? h('span', { class: 'small quiet' }, say('log.found', { n: found.value.length })) : null,
      search.value ? h('button', { class: 'btn', type: 'button', onClick: () => toMatch(1) }, say('log.next')) : null,
      h('button', { class: 'btn push', type: 'button', 'aria-pressed': String(following.value), onClick: follow }, [icon('follow'), say(following.value ? 'log.pause' : 'log.follow')]),
      h('button', { class: 'btn', type: 'button', onClick: download }, [icon('download'), say('log.download')]),
    ]);

    return () => {
      void version.value;
      const name = task.state.value?.name ?? id;
      document.title = say('log.title', { name });
      const behind = log.length - seenLines.value;
      return h('div', [
        h('div', { class: 'lead' }, [h('div', { class: 'lead-text' }, [
          h('ol', { class: 'crumbs' }, [h('li', [link('/', say('nav.farm'))]), h('li', name)]),
          h('h1', { class: 'sentence' }, say('log.title', { name })),
          h('p', { class: 'under row' }, [
            task.state.value ? statusOf(task.state.value.status) : null,
            h('span', say('log.lines', { n: log.length })),
            task.state.value?.worker ? h('span', task.state.value.worker) : null,
            !following.value && behind > 0 ? h('span', say('log.paused', { n: behind })) : null,
          ]),
        ])]),
        toolbar(),
        h('div', { class: 'sheet' }, [
          log.length === 0
            ? nothing('queued', say('log.empty'))
            : h('div', { class: 'log log-body log-fixed', ref: body, tabindex: 0, role: 'region', 'aria-label': say('log.label'), onScroll: scrolled }, [lines()]),
        ]),
      ]);
    };
  },
};
