/** The small pieces that all pages are made of. */
import { h } from './vue.js';
import { nameOf as addressOf } from './icons.js';
import { nameOf } from './names.js';
import { look } from './status.js';
import { say, sayParts, statusWord } from './words/words.js';

/** Whether the page is as narrow as a phone. */
export const narrow = matchMedia('(max-width: 48rem)');

export const icon = (name) => h('svg', { class: 'icon', 'aria-hidden': 'true' }, [h('use', { href: addressOf(name) })]);

/** Icon and word of a status; colour only repeats what they say. */
export function statusOf(status, { atWork = false, form } = {}) {
  const { icon: name, family } = look(status, atWork);
  return h('span', { class: 'st', 'data-family': family, 'data-form': form, 'data-status': status }, [icon(name), statusWord(status)]);
}

/** A sentence of the catalogue with its marked parts emphasised. */
export const rich = (key, parameters) => sayParts(key, parameters)
  .map((part) => (typeof part === 'string' ? part : h('em', { 'data-kind': part.name === 'work' ? undefined : part.name }, part.text)));

/** The head of a page: where one is, the sentence that says how things stand, what is added to it, and what one can do. */
export const lead = ({ crumbs = [], sentence, under = null, actions = [] }) => h('div', { class: 'lead' }, [
  h('div', { class: 'lead-text' }, [
    crumbs.length === 0 ? null : h('nav', { 'aria-label': say('page.crumbs') }, [h('ol', { class: 'crumbs' },
      crumbs.map((crumb, index) => h('li', { 'aria-current': index === crumbs.length - 1 ? 'page' : undefined }, [crumb])))]),
    h('h1', { class: 'sentence' }, sentence),
    under ? h('p', { class: 'under' }, under) : null,
  ]),
  actions.length === 0 ? null : h('div', { class: 'lead-actions' }, actions),
]);

/** How far something is, as a bar. */
export const meter = (percent, label) =>
  h('div', { class: 'strip meter', role: 'img', 'aria-label': label ?? say('page.percent', { n: Math.round(percent) }) }, [
    h('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, [
      percent > 0 ? h('path', { class: 'fill-work', d: `M0 0H${percent}V10H0Z` }) : null,
    ]),
  ]);

/** A list that has nothing to show: what would be here, and the one step that fills it. */
export const nothing = (name, title, hint, more = []) =>
  h('div', { class: 'nothing' }, [icon(name), h('h2', title), hint ? h('p', { class: 'quiet' }, hint) : null, ...more]);

export const panel = (title, content, { aside, kind, id } = {}) =>
  h('section', { class: ['panel', kind], 'aria-labelledby': id }, [
    h('div', { class: 'panel-head' }, [h('h2', { id }, title), aside ? h('span', { class: 'push small quiet' }, aside) : null]),
    content,
  ]);

/** A person's or project's name, also when a document has its id. */
export const named = (name) => (/^[0-9a-f]{24}$/.test(name ?? '') ? nameOf(name) : name ?? '');

/** Terms and what they are; a pair whose value is absent is left out. */
export const facts = (pairs) => h('dl', { class: 'facts panel-body' }, pairs
  .filter(([, value]) => value !== null && value !== undefined && value !== '')
  .flatMap(([term, value]) => [h('dt', term), h('dd', [].concat(value))]));

/** A button that is one of several views or filters. */
export const choice = (pressed, text, choose) =>
  h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-pressed': String(pressed), onClick: choose }, text);

/** One number of the ledger; it filters the list below. */
export const ledgerItem = ({ number, label, name, family, pressed, choose }) =>
  h('button', { class: 'ledger-item', type: 'button', 'aria-pressed': String(pressed), onClick: choose }, [
    h('b', number), name ? h('span', { class: 'st', 'data-family': family }, [icon(name), label]) : h('span', label),
  ]);

export const search = (value, label, change) => h('input', {
  class: 'input', type: 'search', 'data-filter': '', placeholder: label, 'aria-label': label, value, maxlength: 200, onInput: (event) => change(event.target.value),
});
