/** Finds the text for a key in the reader's language, and writes numbers and times as that language does. */
import { fill, flat, parse } from './message.js';

const catalogues = { en: () => import('./en.js'), es: () => import('./es.js') };
const wanted = navigator.languages.map((language) => language.split('-')[0]);
export const language = wanted.find((candidate) => candidate in catalogues) ?? 'en';

const { default: words } = await catalogues[language]();
const locale = navigator.languages.find((candidate) => candidate.split('-')[0] === language) ?? language;
const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);
const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always', style: 'short' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
const second = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minute = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
const dayAndMinute = new Intl.DateTimeFormat(locale, { weekday: 'short', hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
const style = { number: (value) => numbers.format(value), plural: (value) => plurals.select(value) };
const parsed = new Map();

/** The sentence of that key in parts: texts, and `{ name, text }` where a part carries the news. */
export function sayParts(key, parameters = {}) {
  if (!parsed.has(key)) {
    parsed.set(key, parse(words[key] ?? key));
  }
  return fill(parsed.get(key), parameters, style);
}

/** The text of that key. */
export const say = (key, parameters) => flat(sayParts(key, parameters));

/** The word for a status on the wire; one that is not known is shown as it is. */
export function statusWord(status) {
  const key = `status.${status || 'unknown'}`;
  return key in words ? say(key) : status;
}

const STEPS = [['second', 1], ['minute', 60], ['hour', 3600], ['day', 86400]];

/** How long ago, such as “4 s ago”. */
export function ago(iso, now = Date.now()) {
  if (!iso) {
    return say('when.never');
  }
  const seconds = Math.round((now - Date.parse(iso)) / 1000);
  if (seconds < 1) {
    return say('when.now');
  }
  const [unit, size] = STEPS.findLast(([, length]) => seconds >= length);
  return relative.format(-Math.floor(seconds / size), unit);
}

/** A length of time in its two largest units, such as “3 h 12 min”. */
export function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const unit = (value, name) => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const sizes = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  const first = sizes.findIndex(([, size]) => whole >= size);
  if (first < 0) {
    return unit(0, 'second');
  }
  const [name, size] = sizes[first];
  const head = unit(Math.floor(whole / size), name);
  const next = sizes[first + 1];
  const rest = next ? Math.floor((whole % size) / next[1]) : 0;
  return rest > 0 ? `${head} ${unit(rest, next[0])}` : head;
}

/** As {@link span}, also of less than a second or ten. */
export const length = (seconds) => (seconds >= 10 || Number.isInteger(seconds) ? span(seconds)
  : new Intl.NumberFormat(locale, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: seconds < 1 ? 2 : 1 }).format(seconds));

/** The time of day, with its day of the week when it is not within a day of now. */
export const clockTime = (moment, now = Date.now()) => (Math.abs(moment - now) < 20 * 3600_000 ? minute : dayAndMinute).format(moment);
/** The short name of a day of the week, Monday being 0. */
export const dayName = (index) => weekday.format(Date.UTC(2024, 0, 1 + index));
export const timeOfDay = (moment) => second.format(moment);
export const dateAndTime = (iso) => (iso ? full.format(Date.parse(iso)) : say('when.never'));
export const count = (number) => numbers.format(number);
export const listOf = (items) => lists.format(items);

/** A size in bytes, such as “3.1 MB” or “842 bytes”. */
export function size(bytes) {
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const unit = ['byte', 'kilobyte', 'megabyte', 'gigabyte'][power];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: power === 0 ? 'long' : 'short', maximumFractionDigits: 1 }).format(bytes / 1000 ** power);
}
