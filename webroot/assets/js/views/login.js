/** Logging in, also with the key of a log-in link, and going on to where one came from. */
import { account, server } from '../api.js';
import { LoginForm, refusal } from '../login-form.js';
import { met } from '../visitor.js';
import { lead } from '../parts.js';
import { goTo } from '../router.js';
import { h, ref } from '../vue.js';
import { say } from '../words/words.js';

const parsed = (text, base) => (URL.canParse(text, base) ? new URL(text, base) : null);

/** A place of ours, or the page of a Manager that this Server knows; the jobs otherwise. */
async function next() {
  const wanted = new URLSearchParams(location.search).get('next') ?? '';
  const address = parsed(wanted, location.href);
  if (wanted === '' || address === null || !/^https?:$/.test(address.protocol)) {
    return '/jobs';
  }
  if (address.origin === location.origin) {
    return address.href;
  }
  const { managers } = await server.managers();
  return managers.some(({ url }) => parsed(url)?.origin === address.origin) ? address.href : '/jobs';
}

async function goOn() {
  const href = await next();
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
    document.title = say('login.title');

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

    return () => h('div', [
      lead({ sentence: say('login.title'), under: say('login.under') }),
      h('div', { class: 'sheet narrow' }, [refusal(refused.value), held.value === null ? null : h(LoginForm, { key: String(held.value), held: held.value, onDone: goOn })]),
    ]);
  },
};
