/** Reads a drawing of time: a cursor that follows the pointer or the arrow keys, and tells what was at that moment. */
import { computed, h, ref } from '../vue.js';

const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageDown: -10, PageUp: 10 };

export const TimeReader = {
  props: {
    since: { type: Number, required: true },
    now: { type: Number, required: true },
    /** What the drawing shows. */
    label: { type: String, required: true },
    /** What was at a moment: `(moment) => text`. */
    tell: { type: Function, required: true },
    /** How far an arrow key goes, in milliseconds. */
    step: { type: Number, default: 5 * 60_000 },
  },
  setup(props) {
    const at = ref(null);
    const within = (moment) => Math.min(props.now, Math.max(props.since, moment));
    const percent = computed(() => (100 * (within(at.value ?? props.now) - props.since)) / (props.now - props.since));
    function point(event) {
      const { left, width } = event.currentTarget.getBoundingClientRect();
      at.value = within(props.since + ((props.now - props.since) * (event.clientX - left)) / width);
    }
    function key(event) {
      const ends = { Home: props.since, End: props.now };
      if (event.key in STEPS) {
        at.value = within((at.value ?? props.now) + STEPS[event.key] * props.step);
      } else if (event.key in ends) {
        at.value = ends[event.key];
      } else if (event.key === 'Escape' && at.value !== null) {
        at.value = null;
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }
    const leave = () => { at.value = null; };
    return () => [
      h('div', {
        class: 'time-reader', role: 'slider', tabindex: 0, 'aria-label': props.label, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(percent.value),
        'aria-valuetext': props.tell(at.value ?? props.now), onPointermove: point, onPointerdown: point, onPointerleave: leave, onBlur: leave, onKeydown: key,
      }, at.value === null ? [] : [h('span', { class: 'time-cursor', style: { '--at': `${percent.value}%` } })]),
      at.value === null ? null : h('p', { class: 'time-told', 'aria-hidden': 'true' }, props.tell(at.value)),
    ];
  },
};
