/** A one-time password, shown once: the Server keeps only what it can be checked with. */
import { copy } from '../loading.js';
import { modal } from '../modal.js';
import { h, ref } from '../vue.js';
import { say } from '../words/words.js';

export const OneTimePassword = {
  props: { user: { type: Object, required: true } },
  emits: ['close'],
  setup(props, { emit }) {
    const copied = ref(false);
    const copyIt = async () => {
      await copy(props.user.one_time_password);
      copied.value = true;
    };
    return () => h('dialog', { class: 'dialog', ...modal, 'aria-labelledby': 'once-title', onClose: () => emit('close') }, [
      h('h2', { id: 'once-title' }, say('users.once', { name: props.user.name })),
      h('p', say('users.onceHint', { name: props.user.name })),
      h('p', { class: 'command once' }, [
        h('code', { 'data-one-time': '' }, props.user.one_time_password),
        h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: copyIt }, say(copied.value ? 'page.copied' : 'page.copy')),
      ]),
      h('form', { method: 'dialog', class: 'row' }, [h('button', { class: 'btn', 'data-kind': 'primary', type: 'submit', autofocus: true }, say('users.onceDone'))]),
    ]);
  },
};
