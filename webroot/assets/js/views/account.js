/** Who one is here: log out, the password, the tokens of one's tools, where one is logged in. */
import { account } from '../api.js';
import { confirmed } from '../confirm.js';
import { copy, loaded, orElse } from '../loading.js';
import { SHORTEST_PASSWORD, passwordField, refusal, textField } from '../login-form.js';
import { order } from '../out-of-contact.js';
import { lead, nothing, panel } from '../parts.js';
import { peoplePlaces } from '../people-places.js';
import { link } from '../router.js';
import { logOut } from '../server-person.js';
import { toast } from '../toasts.js';
import { h, reactive, ref } from '../vue.js';
import { dateAndTime, say } from '../words/words.js';
import { OwnSessions } from './own-sessions.js';

export default {
  setup() {
    const mine = loaded(async () => {
      const me = await account.me();
      return { me, tokens: (await account.tokens()).tokens };
    });
    const form = reactive({ old: '', fresh: '', token: '' });
    const made = ref('');
    /** A new password ends sessions: the list of them is read anew. */
    const changes = ref(0);
    const refused = reactive({ password: '', token: '' });
    document.title = say('account.title');
    void mine.reload();

    const trying = (place, act) => async (event) => {
      event.preventDefault();
      refused[place] = '';
      try {
        await act();
      } catch (error) {
        refused[place] = error.message;
      }
    };

    const changePassword = trying('password', async () => {
      await account.changePassword(form.old, form.fresh);
      Object.assign(form, { old: '', fresh: '' });
      toast(say('account.passwordChanged'));
      changes.value += 1;
      await mine.reload();
    });

    const makeToken = trying('token', async () => {
      made.value = (await account.makeToken(form.token.trim())).token;
      form.token = '';
      await mine.reload();
    });

    async function revoke(token) {
      if (await confirmed({ title: say('account.revokeTitle', { name: token.name }), text: say('account.revokeLoss'), button: say('account.revoke') })) {
        await account.revokeToken(token.id);
        await mine.reload();
      }
    }

    const password = (me) => panel(say('account.password'), h('form', { class: 'form panel-body', onSubmit: changePassword }, [
      refusal(refused.password),
      me.knows_password ? passwordField('password-old', say('account.old'), form.old, { autocomplete: 'current-password' }, (text) => { form.old = text; }) : null,
      passwordField('password-fresh', say('login.fresh'), form.fresh, { autocomplete: 'new-password', minlength: SHORTEST_PASSWORD }, (text) => { form.fresh = text; }),
      h('div', { class: 'row' }, [h('button', order({ class: 'btn', type: 'submit' }), say('login.change'))]),
    ]), { id: 'account-password' });

    const tokenRow = (token) => h('tr', { key: token.id }, [
      h('th', { scope: 'row' }, token.name), h('td', say('account.until', { time: dateAndTime(token.expires) })),
      h('td', { class: 'right' }, [h('button', order({ class: 'btn', 'data-size': 'small', type: 'button', onClick: () => revoke(token) }), say('account.revoke'))]),
    ]);

    const tokens = (list) => panel(say('account.tokens'), h('div', { class: 'panel-body form' }, [
      h('p', { class: 'quiet' }, [say('account.tokensHint'), ' ', link('/api/docs', say('keys.api'))]),
      refusal(refused.token),
      made.value ? h('div', { class: 'field', role: 'status' }, [
        h('label', { for: 'token-made' }, say('account.made')),
        h('span', { class: 'token-make' }, [
          h('input', { class: 'input mono field', id: 'token-made', readonly: true, value: made.value, onFocus: (event) => event.target.select() }),
          h('button', { class: 'btn', type: 'button', onClick: () => copy(made.value) }, say('page.copy')),
        ]),
      ]) : null,
      list.length === 0 ? null : h('table', [h('tbody', list.map(tokenRow))]),
      h('form', { class: 'token-make', onSubmit: makeToken }, [
        textField('token-name', say('account.tokenName'), form.token, { maxlength: 100 }, (text) => { form.token = text; }),
        h('button', order({ class: 'btn', type: 'submit' }), say('account.makeToken')),
      ]),
    ]), { id: 'account-tokens' });

    const shown = ({ me, tokens: list }) => h('div', [
      lead({ sentence: say('account.sentence', { name: me.name, role: me.role }), under: say('account.roleWord', { role: me.role }), actions: [h('button', { class: 'btn', type: 'button', onClick: logOut }, say('account.logOut'))] }),
      peoplePlaces(),
      h('div', { class: 'account' }, [password(me), tokens(list), h(OwnSessions, { key: changes.value })]),
    ]);

    const stranger = h('div', [h('h1', { class: 'hidden-visually' }, say('account.title')), nothing('no-contact', say('account.nobody'), null, [link('/login?next=/account', say('login.send'))])]);
    return () => (mine.state.error?.status === 401 ? stranger : orElse(mine, shown));
  },
};
