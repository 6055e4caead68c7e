/** The film strip of a job: a place for each of its frames, or for every few of them when there are many, and what is in it. */
import { framesOf } from './submission.js';

const MOST = 24;

const order = (a, b) => (a.frame ?? Infinity) - (b.frame ?? Infinity) || Date.parse(a.at) - Date.parse(b.at);

/** The newest of each frame, in order of frames; pictures of which the frame is not known come last. */
export function inOrder(pictures) {
  const newest = new Map();
  pictures.forEach((picture) => newest.set(picture.frame === null ? picture.url : picture.frame, picture));
  return [...newest.values()].sort(order);
}

/** The frame that is so many after the first one, of runs `[first, last]`. */
function frameAt(runs, index) {
  for (const [first, last] of runs) {
    if (index <= last - first) {
      return first + index;
    }
    index -= last - first + 1;
  }
  return null;
}

/**
 * Which frames have a place of their own: `{ step, frames }`, each standing for `step` frames of the job from it on.
 *
 * @param text the frames of the job, as its settings say them; none are known without it
 */
export function placesOf(text) {
  const { count = 0, runs = [] } = framesOf(String(text ?? ''));
  const step = Math.max(1, Math.ceil(count / MOST));
  return { step, frames: Array.from({ length: Math.ceil(count / step) }, (_, index) => frameAt(runs, index * step)) };
}

/**
 * What is in the places: `{ frame, picture }`, in order, with null for a picture where a place has none. Pictures that belong
 * to no place follow.
 *
 * @param pictures as {@link inOrder} answers them
 */
export function filled({ frames }, pictures) {
  const placeOf = ({ frame }) => (frame === null ? -1 : frames.findLastIndex((first) => first <= frame));
  const within = (place) => pictures.filter((picture) => placeOf(picture) === place).map((picture) => ({ frame: picture.frame, picture }));
  const orGap = (found, frame) => (found.length > 0 ? found : [{ frame, picture: null }]);
  return [...frames.flatMap((frame, place) => orGap(within(place), frame)), ...within(-1)];
}

/** What a task's name ends with when it says its frames, such as `render-9,10` or `render-1-30`. */
const FRAMES_AT_END = /(\d+(?:[-,.]+\d+)*)$/;

/** The task that makes a frame, as their names tell; the last of several, null when none does. */
export function taskOf(frame, tasks) {
  return tasks.findLast(({ name }) => {
    const { runs = [] } = framesOf((FRAMES_AT_END.exec(name)?.[1] ?? '').replaceAll('..', '-'));
    return runs.some(([first, last]) => first <= frame && frame <= last);
  }) ?? null;
}
