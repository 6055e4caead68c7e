/** The dialogs and toasts that any page may need: the question before a loss, the token, what was done. */
import { order } from './out-of-contact.js';
import { h, ref } from './vue.js';
import { question } from './confirm.js';
import { modal } from './modal.js';
import { icon } from './parts.js';
import { dismiss, toasts } from './toasts.js';
import { LoginForm } from './login-form.js';
import { asked, logIn } from './token.js';
import { say } from './words/words.js';

const Question = {
  setup: () => () => {
    const { title, text, button, answer } = question.value;
    return h('dialog', { class: 'dialog', ...modal, 'aria-labelledby': 'question-title', onCancel: () => answer(false) }, [
      h('h2', { id: 'question-title' }, title), h('p', text),
      h('div', { class: 'row' }, [
        h('button', { class: 'btn', type: 'button', autofocus: true, onClick: () => answer(false) }, say('confirm.keep')),
        h('button', order({ class: 'btn', 'data-kind': 'danger', type: 'button', onClick: () => answer(true) }), button),
      ]),
    ]);
  },
};

const Token = {
  setup() {
    const given = ref('');
    const send = (event) => {
      event.preventDefault();
      asked.value.answer(given.value);
    };
    return () => h('dialog', { class: 'dialog', ...modal, 'aria-labelledby': 'token-title', onCancel: () => asked.value.answer(null) }, [
      h('h2', { id: 'token-title' }, say('token.title')),
      h('form', { class: 'form', onSubmit: send }, [
        h('p', { id: 'token-hint' }, asked.value.message),
        h('div', { class: 'field' }, [
          h('label', { for: 'token' }, say('token.label')),
          h('input', { class: 'input mono', id: 'token', type: 'password', autocomplete: 'current-password', required: true, autofocus: true, maxlength: 500, 'aria-describedby': 'token-hint', value: given.value, onInput: (event) => { given.value = event.target.value; } }),
          h('p', { class: 'hint' }, say('token.kept')),
        ]),
        h('div', { class: 'row' }, [
          h('button', { class: 'btn', type: 'button', onClick: () => asked.value.answer(null) }, say('token.cancel')),
          h('button', { class: 'btn', 'data-kind': 'primary', type: 'submit' }, say('token.use')),
        ]),
      ]),
    ]);
  },
};

/** A session is a proof by itself: nothing is kept in its place. */
const Login = () => h('dialog', { class: 'dialog', ...modal, 'aria-labelledby': 'login-title', onCancel: () => asked.value.answer(null) }, [
  h('h2', { id: 'login-title' }, say('login.title')),
  h('p', say('login.needed')),
  h(LoginForm, { onDone: () => asked.value.answer('') }),
  h('div', { class: 'row' }, [h('button', { class: 'btn', type: 'button', onClick: () => asked.value.answer(null) }, say('token.cancel'))]),
]);

const toastRow = (entry) => h('div', { class: 'toast', key: entry.key, 'data-failed': entry.failed ? '' : undefined }, [
  entry.failed ? icon('error') : null, h('span', entry.text),
  entry.undo ? h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', onClick: () => { dismiss(entry); void entry.undo(); } }), [say('toast.undo'), h('kbd', 'Z')]) : null,
  h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': say('toast.dismiss'), onClick: () => dismiss(entry) }, [icon('close')]),
]);

/** All of them, for the shell. */
export const dialogs = () => [
  h('div', { class: 'toasts', role: 'log', 'aria-label': say('toast.label') }, toasts.map(toastRow)),
  question.value ? h(Question) : null,
  asked.value ? h(logIn.possible ? Login : Token) : null,
];
