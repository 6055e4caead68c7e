/** Who is logged in at the Server: in the bar, the ways to the pages about people and out; for a stranger, the way in. */
import { account } from './api.js';
import { openPlaces } from './people-places.js';
import { personMenu } from './person-menu.js';
import { goTo, link, place } from './router.js';
import { toast } from './toasts.js';
import { me, met } from './visitor.js';
import { h } from './vue.js';
import { say } from './words/words.js';

/** Ends the session, and goes to where one logs in. */
export async function logOut() {
  try {
    await account.logOut();
    met(null);
    goTo('/login');
  } catch (error) {
    toast(error.message, { failed: true });
  }
}

const actions = () => [
  ...openPlaces().map(({ href, word, icon }) => ({ icon, word: say(word), act: () => goTo(href) })),
  { icon: 'lock', word: say('account.logOut'), act: logOut },
];

const wayIn = () => h('div', { class: 'person' }, [link(`/login?next=${encodeURIComponent(place.path)}`, say('login.send'), { class: 'btn' })]);

/** The menu; nothing while it is not known who it is, and where one logs in. */
export function person() {
  if (me.value === undefined || place.path === '/login') {
    return null;
  }
  return me.value === null ? wayIn() : personMenu(me.value, actions);
}
