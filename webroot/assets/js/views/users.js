/** The users of the Server: admins make them, give them a role, lock them, and hand out one-time passwords. */
import { users } from '../api.js';
import { confirmed } from '../confirm.js';
import { FormDialog, selectField, switchField } from '../form-dialog.js';
import { loaded, orElse } from '../loading.js';
import { textField } from '../login-form.js';
import { me } from '../visitor.js';
import { icon, lead, nothing, rich, search } from '../parts.js';
import { peoplePlaces } from '../people-places.js';
import { inAddress } from '../router.js';
import { Rows } from '../rows.js';
import { toast } from '../toasts.js';
import { h, reactive, ref } from '../vue.js';
import { clock } from '../clock.js';
import { ago, say } from '../words/words.js';
import { OneTimePassword } from './one-time-password.js';

const ROLES = ['viewer', 'artist', 'wrangler', 'admin'];
const roleName = (role) => say('users.role', { role });

export default {
  setup() {
    const all = loaded(async () => (await users.all()).users);
    const text = inAddress('q');
    /** The user that the open form is about; with an empty id a new one. */
    const form = ref(null);
    const given = ref(null);
    document.title = say('users.title');
    void all.reload();

    const make = () => { form.value = reactive({ id: '', name: '', full_name: '', email: '', role: 'artist', locked: false }); };
    const edit = (user) => { form.value = reactive({ ...user }); };

    async function send() {
      const { id, name, full_name, email, role, locked } = form.value;
      if (id === '') {
        given.value = await users.make({ name: name.trim().toLowerCase(), full_name, email, role });
      } else {
        await users.change(id, { full_name, email, role, locked });
        toast(say('users.changed', { name }));
      }
      await all.reload();
    }

    /** Asks first, and does it; what is refused is said. */
    async function after(asked, act) {
      form.value = null;
      if (await confirmed(asked)) {
        try {
          await act();
          await all.reload();
        } catch (error) {
          toast(error.message, { failed: true });
        }
      }
    }
    const reset = ({ id, name }) => after({ title: say('users.reset.title', { name }), text: say('users.reset.loss'), button: say('users.reset') },
      async () => { given.value = await users.resetPassword(id); });
    const remove = ({ id, name }) => after({ title: say('users.remove.title', { name }), text: say('users.remove.loss'), button: say('users.remove') },
      async () => { await users.remove(id); toast(say('users.removed', { name })); });

    const fits = (user) => `${user.name} ${user.full_name} ${user.email} ${user.role}`.toLowerCase().includes(text.value.trim().toLowerCase());
    const unfit = () => h('div', { class: 'sheet' }, [nothing('search', say('users.noneFit', { text: text.value }), null,
      [h('button', { class: 'btn', type: 'button', onClick: () => { text.value = ''; } }, say('list.clear'))])]);

    const dialog = (user) => h(FormDialog, {
      key: user.id, title: user.id === '' ? say('users.make') : say('users.edit', { name: user.name }), button: say(user.id === '' ? 'users.makeIt' : 'users.save'), send, onClose: () => { form.value = null; },
    }, {
      default: () => [
        user.id === '' ? textField('user-name', say('users.name'), user.name, { autofocus: true, maxlength: 64, pattern: '[a-zA-Z0-9][a-zA-Z0-9._\\-]*', autocapitalize: 'none', spellcheck: false, title: say('users.nameHint') }, (value) => { user.name = value; }) : null,
        textField('user-full', say('users.fullName'), user.full_name, { required: false }, (value) => { user.full_name = value; }),
        textField('user-mail', say('users.email'), user.email, { required: false, type: 'email' }, (value) => { user.email = value; }),
        selectField('user-role', say('account.role'), user.role, ROLES.map((role) => [role, say('account.roleWord', { role })]), (value) => { user.role = value; }),
        user.id === '' ? h('p', { class: 'hint' }, say('users.makeHint')) : switchField(say('users.locked'), user.locked, (value) => { user.locked = value; }, say('users.lockedHint')),
      ],
      ...(user.id === '' ? {} : {
        more: () => [
          h('button', { class: 'btn', type: 'button', onClick: () => reset(user) }, say('users.reset')),
          user.id === me.value?.id ? null : h('button', { class: 'btn', 'data-kind': 'danger', type: 'button', onClick: () => remove(user) }, say('users.remove')),
        ],
      }),
    });

    return () => h('div', [
      orElse(all, (list) => h('div', [
        lead({
          sentence: rich('users.sentence', { n: list.length, locked: list.filter(({ locked }) => locked).length, fresh: list.filter((user) => user.must_change_password && !user.locked).length }),
          under: say('users.under'),
          actions: [h('button', { class: 'btn', 'data-kind': 'primary', type: 'button', onClick: make }, [icon('plus'), say('users.make')])],
        }),
        peoplePlaces(),
        h('div', { class: 'tools' }, [search(text.value, say('users.filter'), (value) => { text.value = value; })]),
        list.some(fits) ? h(Rows, { columns: columns(), rows: list.filter(fits), label: say('users.title'), cells: (user) => row(user, edit), open: edit }) : unfit(),
      ])),
      form.value ? dialog(form.value) : null,
      given.value ? h(OneTimePassword, { user: given.value, onClose: () => { given.value = null; } }) : null,
    ]);
  },
};

const columns = () => [{ word: say('users.name') }, { word: say('account.role') }, { word: say('users.state') }, { word: say('users.email'), kind: 'wide' }, { word: say('jobs.updated'), kind: 'wide' }, { word: h('span', { class: 'hidden-visually' }, say('users.change')) }];

const row = (user, edit) => ({
  properties: { 'data-user': user.name, 'data-dim': user.locked ? '' : undefined },
  cells: [
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [h('span', user.full_name || user.name), h('span', user.full_name ? user.name : '')])]),
    h('td', roleName(user.role)),
    h('td', { class: 'card-line' }, [stateOf(user)]),
    h('td', { class: 'wide' }, user.email),
    h('td', { class: 'num wide' }, ago(user.updated, clock.now)),
    h('td', { class: 'right card-end' }, [h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': say('users.edit', { name: user.name }), onClick: () => edit(user) }, say('users.change'))]),
  ],
});

function stateOf(user) {
  const [name, family, word] = user.locked ? ['lock', 'stop', 'users.isLocked'] : user.must_change_password ? ['starting', 'work', 'users.isFresh'] : ['completed', 'done', 'users.isFine'];
  return h('span', { class: 'st', 'data-family': family }, [icon(name), say(word)]);
}
