/**
 * The lines of a log file, put together from pieces that may come twice, too late or with a gap between them. Offsets
 * count bytes of the file, so that what was seen live and what was fetched fit together exactly.
 */
export class LogLines {
  /** @param start offset of the first byte that is wanted; text before the first line end after it is left out */
  constructor(start = 0) {
    this.lines = [];
    this.problems = { warn: [], error: [] };
    this.start = start;
    this.end = start;
    this.open = '';
    this.cut = start > 0;
    this.decoder = new TextDecoder();
  }

  /**
   * Takes a piece of the file.
   *
   * @returns where the gap begins, as an offset, when bytes before the piece are missing; otherwise null
   */
  add(offset, bytes) {
    if (offset > this.end) {
      return this.end;
    }
    const fresh = bytes.subarray(Math.min(bytes.length, this.end - offset));
    if (fresh.length > 0) {
      this.end += fresh.length;
      this.append(this.decoder.decode(fresh, { stream: true }));
    }
    return null;
  }

  append(text) {
    const parts = (this.open + text).split('\n');
    this.open = parts.pop();
    if (this.cut && parts.length > 0) {
      parts.shift();
      this.cut = false;
    }
    for (const part of parts) {
      const level = levelOf(part);
      if (level) {
        this.problems[level].push(this.lines.length);
      }
      this.lines.push(part);
    }
  }

  /** All whole lines, and the one that is still being written when there is one. */
  get length() {
    return this.lines.length + (this.open === '' || this.cut ? 0 : 1);
  }

  line(index) {
    return index < this.lines.length ? this.lines[index] : this.open;
  }
}

/** How much a line matters: `error`, `warn` or nothing. */
export function levelOf(line) {
  if (/\b(error|exception|traceback|failed|fatal)\b/i.test(line)) {
    return 'error';
  }
  return /\bwarn(ing)?\b/i.test(line) ? 'warn' : undefined;
}

const TIME = /^\[?(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?)\]?:?\s+/;

/** The time that a line begins with, and the rest: `{ at, text }`, where `at` is as written or null. */
export function timed(line) {
  const found = TIME.exec(line);
  return found ? { at: found[1], text: line.slice(found[0].length) } : { at: null, text: line };
}

/**
 * What a search looks for: plain text whatever its case, or with slashes around it a regular expression.
 *
 * @returns a global RegExp, or null when nothing or no valid expression is given
 */
export function pattern(wanted) {
  const expression = /^\/(.+)\/$/.exec(wanted)?.[1] ?? wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  try {
    return expression === '' ? null : new RegExp(expression, 'gi');
  } catch {
    return null;
  }
}

/**
 * The lines of a growing log that match an expression: those that were looked at once are not looked at again.
 */
export class Matches {
  constructor(log, expression) {
    this.log = log;
    this.expression = expression;
    this.whole = [];
    this.seen = 0;
  }

  /** The numbers of all lines that match now, the one that is still being written included. */
  all() {
    if (!this.expression) {
      return this.whole;
    }
    for (; this.seen < this.log.lines.length; this.seen++) {
      if (this.hits(this.seen)) {
        this.whole.push(this.seen);
      }
    }
    return this.log.length > this.seen && this.hits(this.seen) ? [...this.whole, this.seen] : [...this.whole];
  }

  hits(number) {
    this.expression.lastIndex = 0;
    return this.expression.test(this.log.line(number));
  }
}

/** The text cut at its matches: `{ text, hit }` each. */
export function cutAt(text, expression) {
  const parts = [];
  let at = 0;
  for (const match of expression ? text.matchAll(expression) : []) {
    if (match[0] === '') {
      continue;
    }
    parts.push({ text: text.slice(at, match.index), hit: false }, { text: match[0], hit: true });
    at = match.index + match[0].length;
  }
  parts.push({ text: text.slice(at), hit: false });
  return parts.filter((part) => part.text !== '');
}

/** The next of these sorted line numbers after `here` (before it when `step` is -1), going round at the end; null if there is none. */
export function nextOf(numbers, here, step = 1) {
  if (numbers.length === 0) {
    return null;
  }
  return step > 0
    ? numbers.find((number) => number > here) ?? numbers[0]
    : numbers.findLast((number) => number < here) ?? numbers.at(-1);
}

/** Several sorted lists of numbers as one sorted list. */
export const merged = (...lists) => lists.flat().sort((a, b) => a - b);
