/** What happened since the page was opened. */
import { h, shallowRef } from '../vue.js';
import { icon, panel } from '../parts.js';
import { link } from '../router.js';
import { look } from '../status.js';
import { clockTime, say } from '../words/words.js';

const LONGEST = 12;

/** The latest events, newest first: `list`, and `add(status, text, at, href)`. */
export function feed() {
  const list = shallowRef([]);
  let number = 0;
  return {
    list,
    add(status, text, at, href) {
      list.value = [{ key: number++, status, text, href, at: Date.parse(at) }, ...list.value].slice(0, LONGEST);
    },
  };
}

export const feedPanel = (events) => panel(say('feed.title'), h('div', { class: 'panel-body' }, events.length === 0
  ? [h('p', { class: 'quiet small' }, say('feed.none'))]
  : [h('ol', { class: 'feed' }, events.map((event) => h('li', { key: event.key, 'data-family': look(event.status).family }, [
    h('time', clockTime(event.at)), icon(look(event.status).icon), link(event.href, event.text),
  ])))]), { id: 'feed-title' });
