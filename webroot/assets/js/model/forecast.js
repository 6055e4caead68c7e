/** What the times at which tasks were done say about the rest. All times in milliseconds. */

/** How many tasks were done by when: points `{ at, done }` in order, from the submission to now. */
export function progressOf(tasks, submitted, now) {
  const ends = tasks.filter((task) => task.status === 'completed')
    .map((task) => Math.min(now, Math.max(submitted, Date.parse(task.updated))))
    .sort((a, b) => a - b);
  return [{ at: submitted, done: 0 }, ...ends.map((at, index) => ({ at, done: index + 1 })), { at: now, done: ends.length }];
}

const FEWEST = 3;

/**
 * When the rest is done at the rate of the latest tasks: `{ early, likely, late }`, from the 10th to the 90th percentile
 * of the time between two ends; null while fewer than three tasks are done or nothing is left.
 */
export function forecast(points, total, now) {
  const ends = points.slice(1, -1).map((point) => point.at);
  const left = total - ends.length;
  if (ends.length < FEWEST || left <= 0) {
    return null;
  }
  const latest = ends.slice(-50);
  const gaps = latest.slice(1).map((at, index) => at - latest[index]);
  const mean = (now - latest[0]) / latest.length;
  const spread = deviation(gaps) * Math.sqrt(left) * 1.28;
  return { early: now + Math.max(0, mean * left - spread), likely: now + mean * left, late: now + mean * left + spread };
}

function deviation(values) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Whether the range of a forecast is so wide that one must name both ends: more than a quarter of what is left. */
export const wide = ({ early, late, likely }, now) => late - early > 0.25 * Math.max(1, likely - now);
