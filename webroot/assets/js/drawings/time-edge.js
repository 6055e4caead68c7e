/** An edge in a drawing of days, moved with the pointer or the arrow keys in steps of a quarter of an hour. */
import { clockText, snapped } from '../model/sleep.js';
import { h } from '../vue.js';

const DAY = 24 * 60;
const QUARTER = 15;
const STEPS = { ArrowLeft: -QUARTER, ArrowDown: -QUARTER, ArrowRight: QUARTER, ArrowUp: QUARTER, PageDown: -60, PageUp: 60 };
const ENDS = { Home: 0, End: DAY };

export const TimeEdge = {
  props: {
    label: { type: String, required: true },
    /** Since midnight. */
    minutes: { type: Number, required: true },
  },
  emits: ['move'],
  setup(props, { emit }) {
    const move = (minutes) => {
      const wanted = snapped(minutes);
      if (wanted !== props.minutes) {
        emit('move', wanted);
      }
    };
    function take(event) {
      event.currentTarget.setPointerCapture(event.pointerId);
      event.currentTarget.focus();
      event.preventDefault();
    }
    function drag(event) {
      if (event.currentTarget.hasPointerCapture(event.pointerId)) {
        const { left, width } = event.currentTarget.parentElement.getBoundingClientRect();
        move((DAY * (event.clientX - left)) / width);
      }
    }
    function key(event) {
      if (event.key in STEPS || event.key in ENDS) {
        move(ENDS[event.key] ?? props.minutes + STEPS[event.key]);
        event.preventDefault();
        event.stopPropagation();
      }
    }
    return () => h('div', {
      class: 'time-edge', role: 'slider', tabindex: 0, 'aria-label': props.label, 'aria-valuemin': 0, 'aria-valuemax': DAY, 'aria-valuenow': props.minutes, 'aria-valuetext': clockText(props.minutes),
      style: { '--at': `${(100 * props.minutes) / DAY}%` }, onPointerdown: take, onPointermove: drag, onKeydown: key,
    });
  },
};
