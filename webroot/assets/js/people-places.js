/** The pages about people, as one row of links; those that one may not use are left out. */
import { may } from './visitor.js';
import { link, place } from './router.js';
import { h } from './vue.js';
import { say } from './words/words.js';

const PLACES = [
  { href: '/account', word: 'nav.account', icon: 'person', needs: null },
  { href: '/projects', word: 'nav.projects', icon: 'jobs', needs: null },
  { href: '/users', word: 'nav.users', icon: 'workers', needs: 'manage-users' },
  { href: '/audit', word: 'nav.audit', icon: 'history', needs: 'read-audit' },
];

/** Those places that the reader may go to. */
export const openPlaces = () => PLACES.filter(({ needs }) => needs === null || may(needs));

export const peoplePlaces = () => h('nav', { class: 'places', 'aria-label': say('nav.people') },
  openPlaces().map(({ href, word }) => link(href, say(word), { 'aria-current': place.path === href ? 'page' : undefined })));
