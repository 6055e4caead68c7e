/** Finds the text for a key in the reader's language, and writes numbers and times as that language does. */
import en from './en.js';
import es from './es.js';

const catalogues = { en, es };
const wanted = (globalThis.navigator?.languages ?? ['en']).map((language) => language.split('-')[0]);
export const language = wanted.find((candidate) => candidate in catalogues) ?? 'en';

const words = catalogues[language];
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'narrow' });
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });

/** The text of that key; `{name}` in it is replaced by the parameter of that name. */
export function say(key, parameters = {}) {
  const entry = words[key] ?? en[key] ?? key;
  const text = typeof entry === 'string' ? entry : entry[plurals.select(parameters.n)] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(parameters[name]));
}

/** The word for a status on the wire. */
export const statusWord = (status) => say(status ? `status.${status}` : 'status.unknown');

/** How long ago, such as “4 s ago”. */
export function ago(iso, now = Date.now()) {
  if (!iso) {
    return say('when.never');
  }
  const seconds = Math.round((now - Date.parse(iso)) / 1000);
  if (seconds < 2) {
    return say('when.now');
  }
  const [unit, size] = [['second', 1], ['minute', 60], ['hour', 3600], ['day', 86400]]
    .findLast(([, length]) => seconds >= length);
  return relative.format(-Math.floor(seconds / size), unit);
}

export const timeOfDay = (moment) => clock.format(moment);
export const dateAndTime = (iso) => (iso ? day.format(Date.parse(iso)) : say('when.never'));
export const count = (number) => numbers.format(number);

const shown = (value) => (typeof value === 'number' ? numbers.format(value) : String(value ?? ''));
