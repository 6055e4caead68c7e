/** The menu of who is logged in, at the end of the bar of every page. */
import { Menu } from './menu.js';
import { h } from './vue.js';
import { say } from './words/words.js';

/** `actions` answers what stands in it, as a menu's items, once it opens. */
export const personMenu = ({ name, role }, actions) => h('div', { class: 'person' }, [
  h(Menu, { label: name, before: 'person', head: say('account.roleWord', { role }), items: actions }),
]);
