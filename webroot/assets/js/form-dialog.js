/** A form that opens over the page, tells what is wrong without closing, and gives the focus back when it is gone. */
import { order } from './out-of-contact.js';
import { h, ref } from './vue.js';
import { refusal } from './login-form.js';
import { modal } from './modal.js';
import { say } from './words/words.js';

export const FormDialog = {
  props: {
    title: { type: String, required: true },
    /** The word on the button that sends it. */
    button: { type: String, required: true },
    /** What is sent; it closes when that has succeeded: `() => Promise`. */
    send: { type: Function, required: true },
  },
  emits: ['close'],
  setup(props, { emit, slots }) {
    const refused = ref('');
    const sending = ref(false);
    async function submit(event) {
      event.preventDefault();
      sending.value = true;
      refused.value = '';
      try {
        await props.send();
        emit('close');
      } catch (error) {
        refused.value = error.quiet ? '' : error.message;
      } finally {
        sending.value = false;
      }
    }
    return () => h('dialog', { class: 'dialog form-dialog', ...modal, 'aria-labelledby': 'form-dialog-title', onClose: () => emit('close') }, [
      h('h2', { id: 'form-dialog-title' }, props.title),
      h('form', { class: 'form', onSubmit: submit }, [
        refusal(refused.value),
        ...slots.default(),
        h('div', { class: 'form-dialog-foot' }, [
          slots.more ? h('span', { class: 'form-dialog-more' }, slots.more()) : null,
          h('button', { class: 'btn', type: 'button', onClick: () => emit('close') }, say('token.cancel')),
          h('button', order({ class: 'btn', 'data-kind': 'primary', type: 'submit', disabled: sending.value }), props.button),
        ]),
      ]),
    ]);
  },
};

/** A choice of one of a few: `options` are `[value, text]` each. */
export const selectField = (id, label, value, options, change) => h('div', { class: 'field' }, [
  h('label', { for: id }, label),
  h('select', { class: 'select', id, value, onChange: (event) => change(event.target.value) }, options.map(([each, text]) => h('option', { value: each, selected: each === value }, text))),
]);

/** Yes or no. */
export const switchField = (label, checked, change, hint = null) => h('div', { class: 'field' }, [
  h('label', { class: 'choice' }, [h('input', { class: 'switch', type: 'checkbox', role: 'switch', checked, onChange: (event) => change(event.target.checked) }), label]),
  hint ? h('p', { class: 'hint' }, hint) : null,
]);

/** Any of a list: `options` are `[id, text]` each, `chosen` is a Set of ids. */
export const checkList = (legend, options, chosen, change, hint) => h('fieldset', { class: 'field' }, [
  h('legend', legend), hint ? h('p', { class: 'hint' }, hint) : null,
  h('ul', { class: 'check-list' }, options.map(([id, text]) => h('li', { key: id }, [h('label', { class: 'choice' }, [
    h('input', {
      class: 'check', type: 'checkbox', checked: chosen.has(id),
      onChange: () => { const after = new Set(chosen); after.delete(id) || after.add(id); change(after); },
    }), text,
  ])]))),
]);
