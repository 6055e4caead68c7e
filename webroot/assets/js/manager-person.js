/** Who is logged in at the Manager: a menu in the bar to look and to log out, and what is shown in place of the pages afterwards. */
import { account } from './api.js';
import { brand } from './brand.js';
import { disconnect } from './bus.js';
import { forget } from './manager-login.js';
import { me } from './me.js';
import { nothing } from './parts.js';
import { personMenu } from './person-menu.js';
import { toast } from './toasts.js';
import { h, ref } from './vue.js';
import { say } from './words/words.js';

/** Everybody is one when nobody has to log in. */
const ANYBODY = 'anybody';
/** Ids of users of the Server; others came by a printed link or the API token. */
const USER = /^[0-9a-f]{24}$/;

const gone = ref(false);

/** Whether somebody was here and left, so that nobody is logged in unless they ask for it. */
export const loggedOut = () => gone.value;

/** The page of the Server where one logs out of it too, for those who came through it. */
const atServer = () => (USER.test(me.id) && brand.server ? new URL('../account', brand.server).href : null);

async function logOut() {
  try {
    await account.logOut();
    forget();
    disconnect();
    gone.value = true;
  } catch (error) {
    toast(error.message, { failed: true });
  }
}

function actions() {
  const there = atServer();
  return [
    ...(there ? [{ icon: 'person', word: say('person.account'), act: () => { location.href = there; } }] : []),
    { icon: 'lock', word: say('account.logOut'), act: logOut },
  ];
}

/** The menu; nothing while it is not known who it is, or when everybody may do everything. */
export const person = () => (me.role === '' || me.id === ANYBODY || gone.value ? null : personMenu(me, actions));

/** What stands in place of every page once somebody has logged out, else nothing. */
export function farewell() {
  if (!gone.value) {
    return null;
  }
  const there = atServer();
  return h('div', [
    h('h1', { class: 'hidden-visually' }, say('person.out')),
    nothing('lock', say('person.out'), there ? say('person.outHint') : null, [
      h('div', { class: 'row' }, [
        h('button', { class: 'btn', 'data-kind': 'primary', type: 'button', onClick: () => location.reload(), onVnodeMounted: ({ el }) => el.focus() }, say('person.again')),
        there ? h('a', { class: 'btn', href: there }, say('person.outThere')) : null,
      ]),
    ]),
  ]);
}
