/** Logging in, also with the key of a log-in link, and going on to where one came from. */
import { account, server } from '../api.js';
import { LoginForm, refusal } from '../login-form.js';
import { comeBack, sentFrom } from '../model/come-back.js';
import { facts, lead, nothing } from '../parts.js';
import { goTo, link } from '../router.js';
import { met } from '../visitor.js';
import { h, ref } from '../vue.js';
import { say } from '../words/words.js';

const wanted = () => new URLSearchParams(location.search).get('next') ?? '';

async function whereTo() {
  const { managers } = await server.managers();
  return comeBack(wanted(), location.href, managers);
}

/** Why one is here: somebody who was sent by a Manager did not ask for a log-in. */
function reason() {
  const host = sentFrom(wanted(), location.href);
  return host === null ? say('login.under') : say('login.sent', { host });
}

/** The page on which a Manager is linked is not one of this application. */
function go(href) {
  if (href.startsWith(`${location.origin}/flamenco/managers/`)) {
    location.href = href;
  } else {
    goTo(href);
  }
}

export default {
  setup() {
    const held = ref(null);
    const refused = ref('');
    /** An address that nobody is sent to, with those of the Managers that are known. */
    const astray = ref(null);
    document.title = say('login.title');

    async function goOn() {
      const where = await whereTo();
      if (where.href) {
        go(where.href);
      } else {
        astray.value = where;
      }
    }

    async function arrive() {
      const key = new URLSearchParams(location.hash.slice(1)).get('key');
      try {
        const me = key === null ? await account.me() : await account.logIn({ key });
        history.replaceState(null, '', location.pathname + location.search);
        met(me);
        held.value = me.must_change_password;
        if (!held.value) {
          await goOn();
        }
      } catch (error) {
        refused.value = key === null ? '' : error.message;
        held.value = false;
      }
    }
    void arrive();

    return () => (astray.value ? lost(astray.value) : h('div', [
      lead({ sentence: say('login.title'), under: reason() }),
      h('div', { class: 'sheet narrow' }, [refusal(refused.value), held.value === null ? null : h(LoginForm, { key: String(held.value), held: held.value, onDone: goOn })]),
    ]));
  },
};

/** Logged in, but not sent back: why, and where to go instead. */
const lost = ({ unknown, managers }) => h('div', { 'data-astray': '' }, [
  lead({ sentence: say('login.astray'), under: say('login.astrayWhy', { address: unknown }) }),
  h('div', { class: 'sheet' }, [managers.length === 0
    ? nothing('gear', say('managers.none'), say('login.astrayNone'), [link('/managers', say('nav.managers'))])
    : h('div', { class: 'astray' }, [facts(managers.map(({ name, url }) => [name, h('a', { href: url }, url)])), link('/jobs', say('login.toJobs'), { class: 'btn' })])]),
]);
