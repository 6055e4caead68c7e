/** The text of a task's log: as many lines as are in view, following while it is written. */
import { orElse } from '../loading.js';
import { Heights } from '../model/heights.js';
import { cutAt, levelOf, timed } from '../model/log-lines.js';
import { nothing } from '../parts.js';
import { computed, h, nextTick, onMounted, onUnmounted, ref, watch } from '../vue.js';
import { count, say, size } from '../words/words.js';
import { followedLog } from './followed-log.js';

const ROW_REM = 1.375;
const SPARE_ROWS = 20;
const SHORT_BYTES = 16 * 1024;

export const LogText = {
  props: {
    id: { type: String, required: true },
    /** A followed log; without it the component follows the end of the task's log itself. */
    source: { type: Object, default: null },
    /** The numbers of the lines to show, or null for all. */
    only: { type: Array, default: null },
    pattern: { type: Object, default: null },
    here: { type: Number, default: -1 },
    wrap: { type: Boolean, default: false },
    following: { type: Boolean, default: true },
    short: { type: Boolean, default: false },
  },
  emits: ['paused', 'chosen', 'viewed'],
  setup(props, { emit, expose }) {
    const source = props.source ?? followedLog(props.id, { latest: SHORT_BYTES });
    const rowPx = Math.round(ROW_REM * parseFloat(getComputedStyle(document.documentElement).fontSize));
    const body = ref(null);
    const scroll = ref({ top: 0, height: 600 });
    let heights = new Heights(rowPx);
    let lastTop = 0;
    let observer = null;

    const total = () => (props.only ? props.only.length : source.log().length);
    const numberAt = (index) => (props.only ? props.only[index] : index);
    const shown = computed(() => {
      void source.version.value;
      const all = total();
      const first = Math.max(0, heights.at(scroll.value.top, all) - SPARE_ROWS);
      const last = Math.min(all, heights.at(scroll.value.top + scroll.value.height, all) + 1 + SPARE_ROWS);
      return { first, last, all };
    });

    function measure() {
      if (!body.value) {
        return;
      }
      const { scrollTop, clientHeight } = body.value;
      scroll.value = { top: scrollTop, height: clientHeight };
      emit('viewed', { first: heights.at(scrollTop, total()), last: heights.at(scrollTop + clientHeight, total()) });
    }

    /** Takes the real heights of wrapped lines, and keeps what is in view where it is. */
    function measureRows() {
      if (!body.value || !props.wrap) {
        return;
      }
      let above = 0;
      const top = body.value.scrollTop;
      for (const row of body.value.querySelectorAll('.log-line')) {
        const index = Number(row.dataset.index);
        const change = heights.set(index, row.offsetHeight);
        above += heights.top(index) < top ? change : 0;
      }
      if (above !== 0 && !props.following) {
        body.value.scrollTop += above;
      }
    }

    function toEnd() {
      if (body.value && props.following) {
        body.value.scrollTop = body.value.scrollHeight;
        lastTop = body.value.scrollTop;
      }
    }

    function scrolled() {
      const { scrollTop, clientHeight, scrollHeight } = body.value;
      const up = scrollTop < lastTop - 2;
      lastTop = scrollTop;
      measure();
      if (props.following && up && scrollTop + clientHeight < scrollHeight - 2 * rowPx) {
        emit('paused');
      }
    }

    async function show(number) {
      await nextTick();
      const index = props.only ? Math.max(0, props.only.findIndex((candidate) => candidate >= number)) : number;
      if (body.value) {
        body.value.scrollTop = heights.top(index) - body.value.clientHeight / 2;
        lastTop = body.value.scrollTop;
        measure();
      }
    }
    expose({ show });

    async function settle() {
      await nextTick();
      if (body.value) {
        observer?.observe(body.value);
      }
      measureRows();
      toEnd();
      measure();
    }
    onMounted(() => {
      observer = new ResizeObserver(() => { void settle(); });
      void settle();
    });
    onUnmounted(() => observer?.disconnect());
    watch([() => props.wrap, () => props.only], () => { heights = new Heights(rowPx); void settle(); });
    watch([source.version, () => props.following, () => shown.value.first, () => shown.value.last], settle);

    function line(index) {
      const number = numberAt(index);
      const whole = source.log().line(number);
      const { at, text } = timed(whole);
      const seam = source.seams.value.get(number);
      const isHere = number === props.here ? '' : undefined;
      return [
        seam ? h('div', { class: 'log-note', key: `seam-${number}` }, [h('span', say('log.seam', { n: seam }))]) : null,
        h('div', { class: 'log-line', key: number, 'data-index': index, 'data-line': number + 1, 'data-level': levelOf(whole), 'data-here': isHere, onClick: () => emit('chosen', number) }, [
          h('b', source.log().start > 0 ? '' : count(number + 1)),
          h('time', at === null ? '' : at.slice(11, 19)),
          h('span', cutAt(text, props.pattern).map((part) => (part.hit ? h('mark', { 'data-here': isHere }, part.text) : part.text))),
        ]),
      ];
    }
    const gap = (px) => h('div', { class: 'log-gap', style: { height: `${Math.max(0, px)}px` } });

    return () => orElse(source.fetched, () => {
      const { first, last, all } = shown.value;
      if (all === 0) {
        return h('div', { class: 'sheet' }, [nothing('queued', say('log.empty'), say('log.emptyHint'))]);
      }
      const rows = Array.from({ length: last - first }, (_, index) => line(first + index)).flat();
      return h('div', {
        class: ['sheet', 'log', 'log-body', props.wrap ? '' : 'log-fixed', props.short ? 'log-short' : ''], ref: body, tabindex: 0, role: 'region',
        'aria-label': say('log.label', { first: first + 1, last, all }), onScroll: scrolled,
      }, [
        source.log().start > 0 && first === 0 && !props.short ? h('div', { class: 'log-note' }, [h('span', say('log.cut', { size: size(source.log().start) }))]) : null,
        gap(heights.top(first)), ...rows, gap(heights.top(all) - heights.top(last)),
      ]);
    });
  },
};
