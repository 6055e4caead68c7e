/** When a worker sleeps, as people draw and write it. */

export const DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];
const DAY = 24 * 60;

/** Minutes since midnight of `H:MM` or `HH:MM`, up to `24:00`; null when it is no time of day. */
export function minutesOf(text) {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text.trim());
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : null;
  return match && Number(match[2]) < 60 && minutes <= DAY ? minutes : null;
}

/** The time of day that so many minutes are after midnight. */
export const clockText = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The quarter of an hour that is nearest, within the day. */
export const snapped = (minutes) => Math.max(0, Math.min(DAY, Math.round(minutes / 15) * 15));

/** The days that are listed, in the order of the week; none listed means every day. */
export const daysOf = (text) => DAYS.filter((day) => text.trim() === '' || text.split(/\s+/).includes(day));

/**
 * For each day of the week from Monday the pieces `[from, until]` in minutes during which the worker sleeps. From after
 * until is a night: it begins on a chosen day and ends on the next.
 */
export function week({ days, from, until }) {
  const start = from === '' ? 0 : minutesOf(from);
  const end = until === '' ? DAY : minutesOf(until);
  const pieces = DAYS.map(() => []);
  if (start === null || end === null) {
    return pieces;
  }
  DAYS.forEach((day, index) => {
    if (!days.includes(day)) {
      return;
    }
    if (start <= end) {
      pieces[index].push([start, end]);
    } else {
      pieces[index].push([start, DAY]);
      pieces[(index + 1) % 7].push([0, end]);
    }
  });
  return pieces.map((day) => day.filter(([a, b]) => a < b));
}
