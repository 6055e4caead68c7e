/** The sleep schedule of a worker, or of several at once: the week as a drawing, and the fields that change it. */
import { TimeEdge } from '../drawings/time-edge.js';
import { may } from '../me.js';
import { modal } from '../modal.js';
import { clockText, DAYS, daysOf, minutesOf, week } from '../model/sleep.js';
import { order } from '../out-of-contact.js';
import { icon, panel } from '../parts.js';
import { setSchedules } from '../sleep-orders.js';
import { computed, h, reactive, ref, watch } from '../vue.js';
import { dayName, say } from '../words/words.js';

const DAY = 24 * 60;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const formOf = (schedule) => ({
  active: schedule?.schedule_active ?? false, days: daysOf(schedule?.days_of_week ?? ''), from: schedule?.time_start ?? '', until: schedule?.time_end ?? '',
});

const SleepForm = {
  props: {
    /** Those that get the schedule; what the first has is shown. */
    workers: { type: Array, required: true },
    /** Called when a schedule was saved. */
    saved: { type: Function, required: true },
    /** Closes what the form is in; without it the form stays. */
    close: { type: Function, default: null },
  },
  setup(props) {
    const form = reactive(formOf(props.workers[0].sleep_schedule));
    const busy = ref(false);
    const stored = computed(() => JSON.stringify(formOf(props.workers[0].sleep_schedule)));
    const several = computed(() => props.workers.length > 1);
    const changed = computed(() => JSON.stringify(form) !== stored.value);
    watch(stored, (now, before) => {
      if (JSON.stringify(form) === before) {
        Object.assign(form, JSON.parse(now));
      }
    });
    const bad = (text) => text !== '' && minutesOf(text) === null;

    function toggle(day) {
      form.days = DAYS.filter((other) => (other === day ? !form.days.includes(day) : form.days.includes(other)));
    }
    async function send(event) {
      event.preventDefault();
      if (bad(form.from) || bad(form.until)) {
        return;
      }
      busy.value = true;
      const every = form.days.length === 0 || form.days.length === DAYS.length;
      await setSchedules(props.workers, { schedule_active: form.active, days_of_week: every ? '' : form.days.join(' '), time_start: form.from, time_end: form.until }, props.saved);
      form.days = every ? [...DAYS] : form.days;
      busy.value = false;
    }

    const time = (name, label) => h('div', { class: 'field', 'data-bad': bad(form[name]) ? '' : undefined }, [
      h('label', { for: `sleep-${name}` }, label),
      h('input', {
        class: 'input num', id: `sleep-${name}`, value: form[name], placeholder: name === 'from' ? '00:00' : '24:00', maxlength: 5, size: 7, inputmode: 'numeric',
        'aria-invalid': bad(form[name]) ? 'true' : undefined, 'aria-describedby': bad(form[name]) ? `sleep-${name}-wrong` : 'sleep-hint',
        onInput: (event) => { form[name] = event.target.value; },
      }),
      bad(form[name]) ? h('p', { class: 'wrong', id: `sleep-${name}-wrong` }, [icon('error'), h('span', say('sleep.wrong'))]) : null,
    ]);

    return () => h('form', { novalidate: true, onSubmit: send }, [h('fieldset', { class: 'sleep', disabled: !may('wrangler') }, [
      h('legend', { class: 'hidden-visually' }, say('sleep.title')),
      h('label', { class: 'row' }, [h('input', { class: 'switch', type: 'checkbox', role: 'switch', checked: form.active, onChange: (event) => { form.active = event.target.checked; } }), say('sleep.follow')]),
      drawing(form),
      h('div', { class: 'row sleep-fields' }, [
        h('fieldset', [h('legend', say('sleep.on')), h('div', { class: 'days' }, DAYS.map((day, index) => h('label', { key: day }, [
          h('input', { type: 'checkbox', checked: form.days.includes(day), onChange: () => toggle(day) }), dayName(index),
        ])))]),
        time('from', say('sleep.from')), time('until', say('sleep.until')),
      ]),
      h('p', { class: 'hint', id: 'sleep-hint' }, say('sleep.hint')),
      h('div', { class: 'row' }, [
        h('button', order({ class: 'btn', 'data-kind': changed.value ? 'primary' : undefined, type: 'submit', disabled: busy.value || !(changed.value || several.value) }), say('sleep.save')),
        props.close ? h('button', { class: 'btn', type: 'button', onClick: props.close }, say('sleep.close')) : null,
        changed.value ? h('button', { class: 'btn', 'data-kind': 'plain', type: 'button', onClick: () => Object.assign(form, JSON.parse(stored.value)) }, say('sleep.revert')) : null,
      ]),
    ])]);
  },
};

/** The schedule of one worker, as a part of its page. */
export const sleepPanel = (worker, saved) => panel(say('sleep.title'), h('div', { class: 'panel-body' }, [h(SleepForm, { key: worker.id, workers: [worker], saved })]), { id: 'sleep-title' });

/** The schedule of one worker or several, on top of a page; `closed` is called when it is saved or given up. */
export const sleepDialog = (workers, saved, closed) => h('dialog', { class: 'dialog sleep-dialog', 'aria-labelledby': 'sleep-title', ...modal, onClose: closed }, [
  h('h2', { id: 'sleep-title' }, say('sleep.of', { name: workers[0].nickname, n: workers.length })),
  h(SleepForm, { workers, saved: () => { saved(); closed(); }, close: closed }),
]);

/** An end of sleep; a time that is none has no place in the drawing. */
function edge(form, name, label, implied) {
  const minutes = form[name] === '' ? implied : minutesOf(form[name]);
  return minutes === null || !may('wrangler') ? null : h(TimeEdge, { label, minutes, onMove: (wanted) => { form[name] = clockText(wanted); } });
}

/** One line per day; what is dark is asleep, from one edge to the other. */
function drawing(form) {
  const pieces = week(form);
  const asleep = pieces.flat().reduce((sum, [from, until]) => sum + until - from, 0);
  return h('div', { class: 'week', 'data-off': form.active ? undefined : '', role: 'group', 'aria-label': say('sleep.drawing', { n: Math.round(asleep / 60) }) }, [
    ...pieces.flatMap((day, index) => [
      h('span', { class: 'small', 'aria-hidden': 'true' }, dayName(index)),
      h('svg', { viewBox: `0 0 ${DAY} 16`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, [
        h('path', { class: 'fill-rest', d: day.map(([from, until]) => `M${from} 0H${until}V16H${from}Z`).join('') }),
        h('path', { class: 'line-faint', d: HOURS.map((hour) => `M${hour * 60} -4V20`).join('') }),
      ]),
    ]),
    h('div', { class: 'week-edges' }, [edge(form, 'from', say('sleep.from'), 0), edge(form, 'until', say('sleep.until'), DAY)]),
    h('span'),
    h('div', { class: 'horizon-axis', 'aria-hidden': 'true' }, HOURS.filter((hour) => hour % 6 === 0).map((hour) => h('span', { style: { '--at': `${(100 * hour) / 24}%` } }, clockText(hour * 60)))),
  ]);
}
