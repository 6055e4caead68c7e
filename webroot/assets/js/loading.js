/** What a view waits for: how it is fetched, and what stands in its place until it is there. */
import { h, shallowReactive, onUnmounted } from './vue.js';
import { icon } from './parts.js';
import { logIn } from './token.js';
import { say } from './words/words.js';

const SLOW_MS = 300;

/**
 * Loads something when it is first wanted and whenever asked again.
 *
 * `state.value` is the last good answer and stays on screen while a newer one is fetched or fails; `state.at` is when it
 * was fetched, and `state.error` why the latest try failed. Answers can be long, so a change within one is not noticed: put another
 * in its place.
 */
export function loaded(load) {
  const state = shallowReactive({ value: null, error: null, busy: false, slow: false, at: null });
  let wanted = false;
  async function reload() {
    if (state.busy) {
      wanted = true;
      return;
    }
    state.busy = true;
    const slow = setTimeout(() => { state.slow = state.value === null; }, SLOW_MS);
    try {
      state.value = await load();
      state.error = null;
      state.at = Date.now();
    } catch (error) {
      state.error = error;
    } finally {
      clearTimeout(slow);
      state.busy = false;
      state.slow = false;
    }
    if (wanted) {
      wanted = false;
      await reload();
    }
  }
  return { state, reload };
}

/** What to show in place of content that is not there: bones while it is loading, a way out when it failed. */
export function orElse({ state, reload }, content, { notFound } = {}) {
  if (state.value !== null) {
    return content(state.value);
  }
  if (state.error?.status === 404 && notFound) {
    return notFound;
  }
  if (state.error) {
    return failure(state.error, reload);
  }
  return h('div', { class: 'sheet', 'aria-busy': 'true', 'aria-label': say('page.loading'), role: 'status' },
    state.slow ? [1, 2, 3, 4].map((row) => h('div', { class: 'bone-row' }, [1, 2, 3].map((cell) => h('span', { class: 'bone', 'data-size': (row + cell) % 3 })))) : []);
}

/** Whether it is not for the reader to see, as they are known now. */
const barred = (error) => error.status === 401 || error.status === 403;

/** What happened, to which thing, and what to do. */
function failure(error, reload) {
  return h('div', { class: 'sheet' }, [h('div', { class: 'nothing', role: 'alert' }, [
    h('h2', { class: 'st', 'data-family': barred(error) ? 'rest' : 'stop' }, [icon(barred(error) ? 'lock' : 'error'), say(barred(error) ? 'page.barred' : 'page.failed')]),
    h('p', error.message),
    h('div', { class: 'row' }, [
      error.status === 401 && logIn.possible
        ? h('a', { class: 'btn', 'data-kind': 'primary', href: `/login?next=${encodeURIComponent(location.pathname + location.search)}` }, say('login.send'))
        : h('button', { class: 'btn', type: 'button', onClick: reload }, say('page.again')),
      h('button', { class: 'btn', 'data-kind': 'plain', type: 'button', onClick: () => copy(error.details ?? error.message) }, say('page.copyDetails')),
    ]),
  ])]);
}

/** Puts a text on the clipboard, if the browser lets us. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // A page that is not served over HTTPS or from this machine has no clipboard; the text can still be selected by hand.
  }
}

/** Calls `work` at most once per interval, at its end. */
export function atMostEvery(milliseconds, work) {
  let waiting = null;
  return () => {
    waiting ??= setTimeout(() => {
      waiting = null;
      work();
    }, milliseconds);
  };
}

/**
 * Does `work` again and again while the page is looked at, and answers what stops that. Facts may get lost when a
 * browser is slow, so what follows them is also fetched anew now and then.
 */
export function every(milliseconds, work) {
  const timer = setInterval(() => {
    if (!document.hidden) {
      work();
    }
  }, milliseconds);
  return () => clearInterval(timer);
}

/** Runs the functions that stop something when the view goes. */
export const untilGone = (...stops) => onUnmounted(() => stops.forEach((stop) => stop()));
