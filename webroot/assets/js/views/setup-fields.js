/** What the form of a Manager's settings is made of. Each function takes the state of the set-up, whose settings it changes. */
import { h } from '../vue.js';
import { say } from '../words/words.js';

/** A part of the form under a title. */
export const part = (word, fields) => h('section', { class: 'form-part' }, [h('h2', say(word)), h('div', { class: 'fields' }, fields)]);

/** Takes what is typed or chosen into a setting. */
export const change = (state, object, key) => (event) => {
  object[key] = event.target.type === 'checkbox' ? event.target.checked : event.target.value;
  state.changed = true;
};

/** Does something to the settings that is not saved yet. */
export const edit = (state, work) => () => {
  work();
  state.changed = true;
};

/** Brings back what is saved, where something else was typed. */
const restore = (object, saved, key) => (object[key] ?? '') === (saved[key] ?? '') ? null
  : h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: () => { object[key] = saved[key]; } }, say('setup.restore'));

/** A setting as a text or a tick. */
export const field = (state, key, { type = 'text', hint, object = state.config, saved = state.saved, extra = null } = {}) => h('div', { class: 'field' }, [
  h('label', { for: key }, say(`setup.${key}`)),
  type === 'checkbox'
    ? h('input', { id: key, type, checked: object[key] ?? false, onChange: change(state, object, key) })
    : h('div', { class: 'row' }, [
      h('input', { class: 'input', id: key, type, value: object[key] ?? '', onInput: change(state, object, key) }),
      restore(object, saved, key),
    ]),
  hint ? h('p', { class: 'hint' }, hint) : null,
  extra,
]);

/** One of a few values, all of which are seen: pairs of a value and its words. */
export const choice = (name, chosen, options, choose) => h('div', { class: 'row', role: 'radiogroup', 'aria-label': name }, options.map(([value, words]) =>
  h('label', { class: 'choice', key: value }, [h('input', { type: 'radio', name, value, checked: value === chosen, onChange: () => choose(value) }), words])));

/** One of some values out of a list. */
export const select = (state, object, key, values) => h('select', { class: 'select', 'aria-label': key, value: object[key] || values[0], onChange: change(state, object, key) },
  values.map((value) => h('option', { value, selected: value === (object[key] || values[0]) }, value)));
