/** Name and password, and a password of one's own when the first was given by somebody else. */
import { account } from './api.js';
import { met } from './visitor.js';
import { icon } from './parts.js';
import { h, reactive, ref } from './vue.js';
import { say } from './words/words.js';

/** One line of text with its label; needed unless `properties` say otherwise. */
export const textField = (id, label, value, properties, change) => h('div', { class: 'field' }, [
  h('label', { for: id }, label),
  h('input', { class: 'input', id, required: true, maxlength: 256, ...properties, value, onInput: (event) => change(event.target.value) }),
]);

export const SHORTEST_PASSWORD = 12;

const Password = {
  props: { id: String, label: String, value: String, properties: Object },
  emits: ['typed'],
  setup(field, { emit }) {
    const visible = ref(false);
    return () => h('div', { class: 'token-make' }, [
      textField(field.id, field.label, field.value, { ...field.properties, type: visible.value ? 'text' : 'password', autocapitalize: 'none', spellcheck: false }, (text) => emit('typed', text)),
      h('button', { class: 'btn', type: 'button', 'aria-pressed': visible.value, 'aria-controls': field.id, onClick: () => { visible.value = !visible.value; } }, say('login.show')),
    ]);
  },
};

/** A password with its label, which whoever types it can look at. */
export const passwordField = (id, label, value, properties, change) => h(Password, { id, label, value, properties, onTyped: change });

/** What went wrong, said to those who cannot see it too. */
export const refusal = (text) => (text ? h('p', { class: 'row wrong form-wrong', role: 'alert' }, [icon('error'), text]) : null);

export const LoginForm = {
  props: { held: { type: Boolean, default: false } },
  emits: ['done'],
  setup(properties, { emit }) {
    const form = reactive({ name: '', password: '', fresh: '' });
    const held = ref(properties.held);
    const sending = ref(false);
    const refused = ref('');

    async function send(event) {
      event.preventDefault();
      sending.value = true;
      refused.value = '';
      try {
        const me = held.value
          ? await account.changePassword(form.password, form.fresh)
          : await account.logIn({ name: form.name.trim().toLowerCase(), password: form.password });
        met(me);
        held.value = me.must_change_password;
        if (!held.value) {
          emit('done', me);
        }
      } catch (error) {
        refused.value = error.message;
      } finally {
        sending.value = false;
      }
    }

    return () => h('form', { class: 'form', onSubmit: send }, [
      refusal(refused.value),
      held.value ? h('p', say('login.held')) : textField('login-name', say('login.name'), form.name, { autocomplete: 'username', autofocus: true, autocapitalize: 'none', spellcheck: false }, (text) => { form.name = text; }),
      passwordField('login-password', say(held.value ? 'login.oneTime' : 'login.password'), form.password, { autocomplete: 'current-password' }, (text) => { form.password = text; }),
      held.value ? passwordField('login-fresh', say('login.fresh'), form.fresh, { autocomplete: 'new-password', minlength: SHORTEST_PASSWORD }, (text) => { form.fresh = text; }) : null,
      h('div', { class: 'row' }, [h('button', { class: 'btn', 'data-kind': 'primary', type: 'submit', disabled: sending.value }, say(held.value ? 'login.change' : 'login.send'))]),
    ]);
  },
};
