/** What is around every page: the bar, the banner when contact is lost, the dialogs, the live region. */
import { outOfContact } from './out-of-contact.js';
import { computed, createApp, h, ref } from './vue.js';
import { announcement } from './announcer.js';
import { description, descriptionFile } from './api.js';
import { dialogs } from './dialogs.js';
import { connect, contact, restWhileHidden } from './bus.js';
import { clock } from './clock.js';
import { fan, fanInTab } from './fan.js';
import { Finder } from './finder.js';
import { keepFocus } from './focus.js';
import { loadIcons } from './icons.js';
import { bind, bound } from './keys.js';
import { modal } from './modal.js';
import { icon, nothing } from './parts.js';
import { follow, goTo, link, place, routeOf } from './router.js';
import { nextTheme } from './theme.js';
import { undoLatest } from './toasts.js';
import { apiDocs } from './views/api-docs.js';
import { language, say, span, timeOfDay } from './words/words.js';

const BACK_FOR_MS = 3000;

/** A page that every role has, and no tab leads to. */
const API = { href: '/api/docs', word: 'nav.api', icon: 'gear' };
const apiView = apiDocs(description, descriptionFile);

/**
 * Starts the pages of a role.
 *
 * @param role `{ word, brand, tabs, routes, find, person, instead }`: `brand` is `{ name, share }`, a tab is `{ href, word, icon, key }`, a
 *     route is `{ pattern, view, tab }` whose groups are the view's properties, and `find` answers what the find box offers; `person` draws who is logged in,
 *     and `instead` what stands in place of the pages, or null
 */
export function start(role) {
  document.documentElement.lang = language;
  if (new URLSearchParams(location.search).has('wall')) {
    document.documentElement.dataset.wall = '';
  }
  loadIcons().catch(() => {});
  connect();
  restWhileHidden();
  fanInTab(() => role.brand.share);
  createApp({ setup: () => shell(role) }).mount('#app');
  keepFocus();
}

function shell(role) {
  const finding = ref(false);
  const helping = ref(false);
  const found = computed(() => routeOf([...role.routes, { pattern: /^\/api\/docs$/, view: apiView }]));
  bind([
    ...role.tabs.map((tab) => ({ keys: `g ${tab.key}`, word: tab.word, act: () => goTo(tab.href) })),
    { keys: 'Ctrl k', word: 'keys.find', act: () => { finding.value = true; } },
    { keys: '/', word: 'keys.filter', act: toFilter(() => { finding.value = true; }) },
    { keys: 'z', word: 'keys.undo', act: undoLatest, orders: true },
    { keys: 't', word: 'keys.theme', act: nextTheme },
    { keys: '?', word: 'keys.help', act: () => { helping.value = true; } },
  ]);
  return () => [
    h('a', { class: 'skip', href: '#main' }, say('page.skip')),
    bar(role, found.value?.route.tab, () => { finding.value = true; }),
    banner(role),
    h('main', { class: 'page', id: 'main', tabindex: -1 }, [
      role.instead?.() ?? (found.value ? h(found.value.route.view, { ...found.value.properties, key: place.path }) : lost(role)),
    ]),
    h('p', { class: 'hidden-visually', role: 'status' }, announcement.value),
    ...dialogs(),
    finding.value ? h(Finder, { pages: [...role.tabs, API], find: role.find, onClose: () => { finding.value = false; } }) : null,
    helping.value ? h(Help, { onClose: () => { helping.value = false; } }) : null,
  ];
}

const toFilter = (otherwise) => () => {
  const filter = document.querySelector('[data-filter]');
  return filter ? filter.focus() : otherwise();
};

const lost = (role) => h('div', [
  h('h1', { class: 'hidden-visually' }, say('page.notFound')),
  nothing('search', say('page.notFound'), say('page.notFoundHint', { path: place.path }), [link(role.tabs[0].href, say('page.home'))]),
]);

function bar(role, current, find) {
  return h('header', { class: 'bar' }, [
    h('a', { class: 'brand', href: '/', onClick: follow }, [fan(role.brand.share), h('span', role.brand.name), ' ', h('small', say(role.word))]),
    h('nav', { class: 'tabs', 'aria-label': say('page.pages') }, role.tabs.map((tab) =>
      h('a', { href: tab.href, 'aria-current': tab.href === current ? 'page' : undefined, onClick: follow }, [icon(tab.icon), say(tab.word)]))),
    h('div', { class: 'bar-end' }, [
      h('button', { class: 'find', type: 'button', onClick: find, 'aria-keyshortcuts': 'Control+K' }, [icon('search'), h('span', { class: 'find-word' }, say('find.open')), h('kbd', 'Ctrl K')]),
      contactSign(),
      h('button', { class: 'btn', 'data-kind': 'plain', 'data-size': 'icon', type: 'button', 'aria-label': say('page.theme'), onClick: nextTheme }, [icon('half')]),
      role.person?.(),
    ]),
  ]);
}

function contactSign() {
  const [family, name, key] = contact.live
    ? ['done', 'contact', 'page.live']
    : contact.everLive || contact.lostAt !== null
      ? ['heal', 'no-contact', 'page.lost']
      : ['rest', 'no-contact', 'page.connecting'];
  return h('span', { class: 'contact', 'data-family': family, title: say(`${key}Hint`) }, [icon(name), h('span', say(key))]);
}

function banner(role) {
  if (outOfContact.value) {
    const wait = contact.nextTry === null ? 0 : Math.max(0, (contact.nextTry - clock.now) / 1000);
    return h('div', { class: 'banner', 'data-family': 'heal' }, [
      icon('no-contact'),
      h('strong', say('page.lostFor', { role: say(role.word), time: span((clock.now - contact.lostAt) / 1000) })),
      h('span', say('page.lostData', { time: timeOfDay(contact.heardAt) })),
      h('span', wait > 0 ? say('page.lostNext', { time: span(wait) }) : say('page.lostTrying')),
      h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: connect }, say('page.tryNow')),
    ]);
  }
  return contact.live && contact.backAt !== null && clock.now - contact.backAt < BACK_FOR_MS
    ? h('div', { class: 'banner', 'data-family': 'done' }, [icon('contact'), say('page.back', { n: contact.caughtUp })])
    : null;
}

/** A list of all keys that do something on this page, and the way to the API. */
const Help = {
  emits: ['close'],
  setup(_, { emit }) {
    const shown = computed(() => bound.filter(({ word }) => word !== null));
    return () => h('dialog', {
      class: 'dialog', 'aria-labelledby': 'keys-title', ...modal, onClose: () => emit('close'),
    }, [
      h('h2', { id: 'keys-title' }, say('keys.title')),
      h('dl', { class: 'facts' }, shown.value.flatMap(({ keys, word }) => [
        h('dt', keys.split(' ').map((key) => h('kbd', key.length === 1 ? key.toUpperCase() : key))), h('dd', say(word)),
      ])),
      h('form', { method: 'dialog', class: 'row', 'data-wide': '' }, [
        h('a', { href: API.href, onClick: (event) => { follow(event); emit('close'); } }, say('keys.api')),
        h('button', { class: 'btn', type: 'submit' }, say('keys.close')),
      ]),
    ]);
  },
};
