/** The pieces that all pages are made of. */
import { h, ref, reactive, computed, onMounted, onUnmounted, watch } from '../../vendor/vue/vue.runtime.esm-browser.prod.js';
import { contact } from './bus.js';
import { look } from './status.js';
import { say, statusWord, timeOfDay } from './words/words.js';

export const icon = (name) => h('svg', { class: 'icon', 'aria-hidden': 'true' }, [h('use', { href: `/assets/icons.svg#${name}` })]);

/** Icon and word of a status; colour only repeats what they say. */
export function statusOf(status, { atWork = false, form } = {}) {
  const { icon: name, family } = look(status, atWork);
  return h('span', { class: 'st', 'data-family': family, 'data-form': form, 'data-status': status }, [icon(name), statusWord(status)]);
}

export const percentBar = (percent, family = 'work') =>
  h('div', { class: 'meter', role: 'img', 'aria-label': `${percent} %` }, [
    h('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, [
      h('path', { class: `fill-${family}`, d: `M0 0H${percent}V10H0Z` }),
    ]),
  ]);

/** The fan: five blades, lit by the share of awake workers that are at work. */
export function fan(share) {
  const lit = share <= 0 ? 0 : Math.min(5, Math.ceil(share * 5));
  const blades = [
    'M9.1 18.9L-0.4 18.2A14.5 14.5 0 0 1 2.1 11.7L9.7 17.5Z',
    'M10.6 16.4L3.1 10.4A14.5 14.5 0 0 1 8.9 6.4L11.8 15.5Z',
    'M13.2 15.1L10.4 5.9A14.5 14.5 0 0 1 17.5 5.9L14.8 15.1Z',
    'M16.1 15.5L19.0 6.4A14.5 14.5 0 0 1 24.8 10.3L17.4 16.3Z',
    'M18.3 17.5L25.8 11.6A14.5 14.5 0 0 1 28.4 18.1L18.9 18.9Z',
  ];
  return h('svg', { class: 'fan', viewBox: '0 0 28 28', 'aria-hidden': 'true' }, [
    ...blades.map((d, i) => h('path', { class: i < lit ? 'lit' : undefined, d })),
    h('circle', { cx: 14, cy: 20, r: 2 }),
  ]);
}

/** Sizes of the clock: one tick a second for everything that says how long ago something was. */
export const clock = reactive({ now: Date.now() });
setInterval(() => {
  clock.now = Date.now();
}, 1000);

function toggleTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  localStorage.setItem('theme', root.dataset.theme);
}

/** Applies the theme that was chosen on this browser before. */
export function rememberedTheme() {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
  }
}

function contactSign() {
  const [family, name, key] = contact.live
    ? ['done', 'contact', 'page.live']
    : contact.everLive
      ? ['heal', 'no-contact', 'page.lost']
      : ['rest', 'no-contact', 'page.connecting'];
  return h('span', { class: 'contact', 'data-family': family }, [icon(name), h('span', say(key))]);
}

/** The bar at the top, the banner when contact is lost, and the page below. */
export function shell({ name, role, tabs, current, share, go }, content) {
  return [
    h('a', { class: 'skip', href: '#main' }, say('page.skip')),
    h('header', { class: 'bar' }, [
      h('a', { class: 'brand', href: '/', onClick: go }, [fan(share), h('span', name), ' ', h('small', say(role))]),
      h('nav', { class: 'tabs', 'aria-label': say('page.pages') }, tabs.map((tab) =>
        h('a', { href: tab.href, 'aria-current': tab.href === current ? 'page' : undefined, onClick: go }, [icon(tab.icon), say(tab.word)]))),
      h('div', { class: 'bar-end' }, [
        contactSign(),
        h('button', { class: 'btn', 'data-kind': 'plain', 'data-size': 'icon', type: 'button', 'aria-label': say('page.theme'), onClick: toggleTheme }, [icon('half')]),
      ]),
    ]),
    lostBanner(),
    h('main', { class: 'page', id: 'main', tabindex: -1 }, content),
  ];
}

function lostBanner() {
  const long = contact.lostAt !== null && clock.now - contact.lostAt > 3000;
  return long
    ? h('div', { class: 'banner', 'data-family': 'heal', role: 'status' }, [icon('no-contact'), say('page.lostBanner', { time: timeOfDay(contact.lostAt) })])
    : null;
}

/** A list that has nothing to show: what would be here, and the one step that fills it. */
export const nothing = (name, title, hint) =>
  h('div', { class: 'nothing' }, [icon(name), h('h3', title), hint ? h('p', { class: 'quiet' }, hint) : null]);

/**
 * Loads something when it is first wanted and whenever asked again.
 *
 * `state.value` is the last good answer and stays on screen while a newer one is fetched or fails.
 */
export function loaded(load) {
  const state = reactive({ value: null, error: null, busy: false, slow: false });
  let wanted = false;
  async function reload() {
    if (state.busy) {
      wanted = true;
      return;
    }
    state.busy = true;
    const slow = setTimeout(() => { state.slow = state.value === null; }, 300);
    try {
      state.value = await load();
      state.error = null;
    } catch (error) {
      state.error = error;
    } finally {
      clearTimeout(slow);
      state.busy = false;
      state.slow = false;
      if (wanted) {
        wanted = false;
        void reload();
      }
    }
  }
  return { state, reload };
}

/** What to show in place of content that is not there: bones while it is loading, a way out when it failed. */
export function orElse({ state, reload }, content) {
  if (state.value !== null) {
    return content(state.value);
  }
  if (state.error) {
    return h('div', { class: 'nothing', role: 'alert' }, [
      icon('error'),
      h('h3', say('page.failed')),
      h('p', { class: 'quiet' }, state.error.message),
      h('button', { class: 'btn', type: 'button', onClick: reload }, say('page.again')),
    ]);
  }
  return h('div', { class: 'nothing', 'aria-busy': 'true', 'aria-label': say('page.loading') },
    state.slow ? [1, 2, 3].map(() => h('span', { class: 'bone' }, '\u00a0'.repeat(40))) : []);
}

/** Calls `work` at most once per interval, and once more at its end when it was asked for meanwhile. */
export function atMostEvery(milliseconds, work) {
  let waiting = null;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      work();
    }, milliseconds);
  };
}

/** Runs the functions that stop something when the view goes. */
export const untilGone = (...stops) => onUnmounted(() => stops.forEach((stop) => stop()));

export { h, ref, reactive, computed, onMounted, onUnmounted, watch };
