/**
 * The lines of a log file, put together from pieces that may come twice, too late or with a gap between them. Offsets
 * count bytes of the file, so that what was seen live and what was fetched fit together exactly.
 */
export class LogLines {
  constructor() {
    this.lines = [];
    this.end = 0;
    this.open = '';
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
    for (const part of parts) {
      this.lines.push(part);
    }
  }

  /** All whole lines, and the one that is still being written when there is one. */
  get length() {
    return this.lines.length + (this.open === '' ? 0 : 1);
  }

  line(index) {
    return index < this.lines.length ? this.lines[index] : this.open;
  }

  /** The numbers of the lines that hold the text, whatever its case. */
  find(text) {
    const wanted = text.toLowerCase();
    const found = [];
    if (wanted !== '') {
      for (let i = 0; i < this.length; i++) {
        if (this.line(i).toLowerCase().includes(wanted)) {
          found.push(i);
        }
      }
    }
    return found;
  }
}

/** How much a line matters: `error`, `warn` or nothing. */
export function levelOf(line) {
  if (/\b(error|exception|traceback|failed|fatal)\b/i.test(line)) {
    return 'error';
  }
  return /\bwarn(ing)?\b/i.test(line) ? 'warn' : undefined;
}

/** Which rows of a long list are worth drawing: those in view and a few around them. */
export function windowOf(scrollTop, height, rowHeight, total, spare = 20) {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const last = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return { first, last };
}
