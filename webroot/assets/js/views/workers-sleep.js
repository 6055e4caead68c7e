/** When the workers sleep, as columns of their table: whether each follows its schedule, the schedule, and ways to change it. */
import { DAYS, daysOf } from '../model/sleep.js';
import { may } from '../me.js';
import { order } from '../out-of-contact.js';
import { h } from '../vue.js';
import { dayName, listOf, say } from '../words/words.js';

export const sleepColumns = () => [
  { word: say('sleep.follows') }, { word: say('sleep.on') }, { word: say('sleep.from'), kind: 'hide-phone' }, { word: say('sleep.until'), kind: 'hide-phone' }, { word: h('span', { class: 'hidden-visually' }, say('sleep.change')) },
];

/** What is not written counts nonetheless: every day, the whole of it. */
const orImplied = (value, implied) => value || h('span', { class: 'quiet' }, implied);

const daysText = (text = '') => {
  const days = daysOf(text);
  return days.length === DAYS.length ? '' : listOf(days.map((day) => dayName(DAYS.indexOf(day))));
};

/** @param sleep `{ follow, edit, copy }`, each `(worker) => …` */
export function sleepCells(worker, { selected, sleep }) {
  const { schedule_active: active = false, days_of_week: days, time_start: from, time_end: until } = worker.sleep_schedule ?? {};
  const others = selected.size.value - (selected.has(worker.id) ? 1 : 0);
  return [
    h('td', { class: 'card-line' }, [h('input', order({
      class: 'switch', type: 'checkbox', role: 'switch', checked: active, disabled: !may('wrangler'), 'aria-label': say('sleep.followOf', { name: worker.nickname }), onChange: () => sleep.follow(worker),
    }))]),
    h('td', { class: 'card-line' }, [orImplied(daysText(days), say('sleep.everyDay')), h('span', { class: 'only-card num' }, ` ${from || '00:00'}–${until || '24:00'}`)]),
    h('td', { class: 'num hide-phone' }, [orImplied(from, '00:00')]),
    h('td', { class: 'num hide-phone' }, [orImplied(until, '24:00')]),
    h('td', { class: 'card-line' }, may('wrangler') ? [h('span', { class: 'row' }, [
      h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': say('sleep.editOf', { name: worker.nickname }), onClick: () => sleep.edit([worker]) }, say('sleep.edit')),
      h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', disabled: others === 0, title: say('sleep.copyHint'), onClick: () => sleep.copy(worker) }), say('sleep.copy', { n: others })),
    ])] : []),
  ];
}
