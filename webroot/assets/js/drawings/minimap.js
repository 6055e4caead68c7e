/** The whole log at a glance: lengths of lines, warnings, errors, matches, and what is in view. */
import { computed, h } from '../vue.js';

const WIDTH = 44;
const BINS = 180;
const LONGEST = 120;

export const Minimap = {
  props: {
    source: { type: Object, required: true },
    total: { type: Number, required: true },
    /** Numbers of lines: `{ warn, error }`. */
    marks: { type: Object, required: true },
    hits: { type: Array, required: true },
    view: { type: Object, required: true },
    label: { type: String, required: true },
  },
  emits: ['go'],
  setup(props, { emit }) {
    const y = (number) => ((number / Math.max(1, props.total)) * BINS).toFixed(1);
    const bars = (numbers) => [...new Set(numbers.map(y))].map((at) => `M2 ${at}h${WIDTH - 4}`).join('');
    const lines = computed(() => {
      const bins = Math.min(BINS, Math.max(1, props.total));
      const step = props.total / bins;
      let path = '';
      for (let bin = 0; bin < bins; bin++) {
        const share = Math.min(1, props.source.log().line(Math.floor(bin * step)).length / LONGEST);
        path += `M4 ${y(bin * step)}h${Math.max(2, share * (WIDTH - 8)).toFixed(0)}`;
      }
      return path;
    });
    const warnings = computed(() => bars(props.marks.warn));
    const errors = computed(() => bars(props.marks.error));
    const found = computed(() => bars(props.hits));
    function clicked(event) {
      const box = event.currentTarget.getBoundingClientRect();
      emit('go', Math.floor(((event.clientY - box.top) / box.height) * props.total));
    }
    return () => h('svg', { class: 'sheet minimap hide-phone', viewBox: `0 0 ${WIDTH} ${BINS}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': props.label, onClick: clicked }, [
      h('path', { class: 'line-faint', d: lines.value }),
      h('path', { class: 'line-work', d: warnings.value }),
      h('path', { class: 'line-stop', d: errors.value }),
      h('path', { class: 'line-accent', d: found.value }),
      h('rect', { class: 'minimap-view', x: 1, width: WIDTH - 2, y: y(props.view.first), height: Math.max(2, y(props.view.last) - y(props.view.first)) }),
    ]);
  },
};
