/** Where one is logged in, and ending that there. */
import { account } from '../api.js';
import { loaded, orElse } from '../loading.js';
import { refusal } from '../login-form.js';
import { browserName } from '../model/browser-name.js';
import { panel } from '../parts.js';
import { h, ref } from '../vue.js';
import { dateAndTime, say } from '../words/words.js';

export const OwnSessions = {
  setup() {
    const mine = loaded(() => account.sessions());
    const refused = ref('');
    void mine.reload();

    const ending = (act) => async () => {
      refused.value = '';
      try {
        await act();
      } catch (error) {
        refused.value = error.message;
      }
      await mine.reload();
    };

    const end = (session) => (session.present
      ? h('strong', say('account.present'))
      : h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: ending(() => account.endSession(session.id)) }, say('account.end')));

    const row = (session) => h('tr', { key: session.id, 'data-session': session.id }, [
      h('th', { scope: 'row', title: session.browser }, browserName(session.browser) || say('account.unknownBrowser')),
      h('td', session.address), h('td', say('account.since', { time: dateAndTime(session.began) })),
      h('td', { class: 'right' }, [end(session)]),
    ]);

    const shown = ({ sessions }) => [
      refusal(refused.value),
      h('table', [h('tbody', sessions.map(row))]),
      sessions.some((session) => !session.present)
        ? h('div', { class: 'row' }, [h('button', { class: 'btn', type: 'button', onClick: ending(account.endOtherSessions) }, say('account.endOthers'))])
        : null,
    ];

    return () => panel(say('account.sessions'), h('div', { class: 'panel-body form' }, [
      h('p', { class: 'quiet' }, say('account.sessionsHint')), orElse(mine, shown),
    ]), { id: 'account-sessions' });
  },
};
