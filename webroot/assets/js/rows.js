/**
 * A table of any length. Beyond a hundred rows only those near the viewport are in the document, all of the same height.
 * Rows are reached with J and K or the arrow keys, and opened with Enter.
 */
import { computed, h, nextTick, onMounted, onUnmounted, ref } from './vue.js';
import { bindHere } from './keys.js';
import { windowOf } from './model/window.js';
import { narrow } from './parts.js';
import { say } from './words/words.js';

const ALL_UP_TO = 100;
const ROW_REM = 3;
const CARD_REM = 7;

const remPx = () => parseFloat(getComputedStyle(document.documentElement).fontSize);

export const Rows = {
  props: {
    /** `{ word, wide, kind }` per column; `word` is the text of its head. */
    columns: { type: Array, required: true },
    rows: { type: Array, required: true },
    label: { type: String, required: true },
    /** Properties and cells of a row: `(entry) => ({ properties, cells })`. */
    cells: { type: Function, required: true },
    /** What Enter does with an entry. */
    open: { type: Function, default: null },
    /** The live list behind it, which keeps its order while somebody is in here. */
    list: { type: Object, default: null },
    /** Called when the end of the list comes near. */
    more: { type: Function, default: null },
    /** Selects or lets go an entry: `(entry, range) => …`; without it the list cannot be selected from. */
    select: { type: Function, default: null },
    /** Whether each row has a menu, in a cell of class `row-menu`. */
    menus: { type: Boolean, default: false },
    /** What group an entry is in, and what is written above a group; only a short list is grouped. */
    band: { type: Function, default: null },
    bandWord: { type: Function, default: null },
  },
  setup(props) {
    const box = ref(null);
    const cursor = ref(-1);
    const view = ref({ top: 0, height: innerHeight });
    const compact = ref(narrow.matches);
    const rowPx = computed(() => (compact.value ? CARD_REM : ROW_REM) * remPx());
    const windowed = computed(() => props.rows.length > ALL_UP_TO);
    const shown = computed(() => (windowed.value
      ? windowOf(view.value.top, view.value.height, rowPx.value, props.rows.length)
      : { first: 0, last: props.rows.length }));

    let measuring = false;
    function measure() {
      measuring = false;
      if (!box.value) {
        return;
      }
      const head = box.value.querySelector('thead')?.offsetHeight ?? 0;
      view.value = { top: -(box.value.getBoundingClientRect().top + head), height: innerHeight };
      if (props.more && shown.value.last >= props.rows.length - 20) {
        props.more();
      }
    }
    function scrolled() {
      if (!measuring) {
        measuring = true;
        requestAnimationFrame(measure);
      }
    }
    function resized() {
      compact.value = narrow.matches;
      scrolled();
    }

    async function moveTo(index) {
      if (props.rows.length === 0) {
        return;
      }
      cursor.value = Math.max(0, Math.min(props.rows.length - 1, index));
      if (windowed.value && (cursor.value < shown.value.first || cursor.value >= shown.value.last)) {
        scrollBy(0, (cursor.value - shown.value.first) * rowPx.value);
        measure();
      }
      await nextTick();
      box.value?.querySelector(`tr[data-index="${cursor.value}"]`)?.focus();
    }

    function openMenu() {
      const menu = box.value?.querySelector('tr[data-cursor] .row-menu button');
      return menu ? menu.click() : false;
    }

    const inside = () => box.value?.contains(document.activeElement);
    const step = (by) => () => moveTo(cursor.value + by);
    bindHere([
      { keys: 'j', word: 'keys.nextRow', act: step(1) },
      { keys: 'k', word: 'keys.previousRow', act: step(-1) },
      { keys: 'ArrowDown', word: null, act: () => (inside() ? void moveTo(cursor.value + 1) : false) },
      { keys: 'ArrowUp', word: null, act: () => (inside() ? void moveTo(cursor.value - 1) : false) },
      ...(props.select ? [{ keys: 'x', word: 'keys.select', act: () => (props.rows[cursor.value] ? props.select(props.rows[cursor.value], false) : false) }] : []),
      ...(props.menus ? [{ keys: '.', word: 'keys.rowMenu', act: openMenu }] : []),
      ...(props.open ? [{ keys: 'o', word: 'keys.open', act: () => (props.rows[cursor.value] ? props.open(props.rows[cursor.value]) : false) }] : []),
    ]);
    onMounted(() => {
      addEventListener('scroll', scrolled, { passive: true });
      addEventListener('resize', resized);
      measure();
    });
    onUnmounted(() => {
      removeEventListener('scroll', scrolled);
      removeEventListener('resize', resized);
    });

    function row(entry, index) {
      const { properties = {}, cells } = props.cells(entry);
      return h('tr', {
        key: entry.id,
        'data-index': index,
        'data-cursor': cursor.value === index ? '' : undefined,
        'data-changed': props.list?.flashing(entry.id) ? '' : undefined,
        'aria-rowindex': windowed.value ? index + 2 : undefined,
        tabindex: cursor.value === index || (cursor.value < 0 && index === 0) ? 0 : -1,
        style: windowed.value ? { height: `${rowPx.value}px` } : undefined,
        onFocus: () => { cursor.value = index; },
        onKeydown: (event) => {
          if (event.key === 'Enter' && event.target === event.currentTarget && props.open) {
            props.open(entry);
          }
        },
        ...properties,
      }, cells);
    }
    const gap = (rows) => (rows > 0
      ? [h('tr', { 'aria-hidden': 'true', class: 'gap', style: { height: `${rows * rowPx.value}px` } }, [h('td', { colspan: props.columns.length })])]
      : []);

    /** The row, below the name of its group when it is the first of it. */
    function grouped(entry, index) {
      const group = props.band?.(entry);
      const before = index > 0 ? props.band?.(props.rows[index - 1]) : undefined;
      return windowed.value || group === undefined || group === before
        ? [row(entry, index)]
        : [h('tr', { class: 'band', key: `band-${group}` }, [h('th', { colspan: props.columns.length, scope: 'colgroup' }, props.bandWord(group))]), row(entry, index)];
    }

    return () => {
      const { first, last } = shown.value;
      return h('div', {
        class: ['sheet', 'table-scroll', 'cards', windowed.value ? 'windowed' : ''],
        'data-plain': props.select ? undefined : '',
        ref: box,
        onMouseenter: () => props.list?.hold(),
        onMouseleave: () => props.list?.release(),
        onFocusin: () => props.list?.hold(),
        onFocusout: () => props.list?.release(),
      }, [
        props.list && props.list.pending.value > 0
          ? h('div', { class: 'pending' }, [h('button', { class: 'btn', 'data-kind': 'link', type: 'button', onClick: props.list.settle }, say('list.pending', { n: props.list.pending.value }))])
          : null,
        h('table', { 'aria-label': props.label, 'aria-rowcount': windowed.value ? props.rows.length + 1 : undefined }, [
          h('thead', [h('tr', props.columns.map((column) => h('th', { scope: 'col', class: column.kind }, column.word)))]),
          h('tbody', [...gap(first), ...props.rows.slice(first, last).flatMap((entry, index) => grouped(entry, first + index)), ...gap(props.rows.length - last)]),
        ]),
      ]);
    };
  },
};
