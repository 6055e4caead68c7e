/** What a person wrote into the submit form, as values of the job type's settings, or what is wrong with it. */

const PART = /^(\d{1,10})(?:\s*-\s*(\d{1,10}))?$/;

/**
 * The frames that a range such as `1-30, 40` names, each once.
 *
 * @returns `{ count, runs }` with `[first, last]` of each run, in order; or `{ wrong, part }` with `wrong` one of `backwards` and `unknown`
 */
export function framesOf(text) {
  const runs = [];
  for (const part of text.split(',').map((piece) => piece.trim()).filter((piece) => piece !== '')) {
    const [, first, last] = PART.exec(part) ?? [];
    if (first === undefined) {
      return { wrong: 'unknown', part };
    }
    const from = Number(first);
    const until = Number(last ?? first);
    if (until < from) {
      return { wrong: 'backwards', part, better: `${until}-${from}` };
    }
    runs.push([from, until]);
  }
  runs.sort(([a], [b]) => a - b);
  let reached = -1;
  const apart = [];
  for (const [from, until] of runs) {
    if (until > reached) {
      apart.push([Math.max(from, reached + 1), until]);
      reached = until;
    }
  }
  return { count: apart.reduce((sum, [from, until]) => sum + until - from + 1, 0), runs: apart };
}

/** How many tasks make those frames, that many at a time; null when either is not known. */
export function tasksFor(frames, chunk) {
  const { count } = framesOf(frames ?? '');
  const size = Number(chunk);
  return count > 0 && Number.isInteger(size) && size > 0 ? Math.ceil(count / size) : null;
}

/** What is wrong with the text of a setting: `{ kind, … }`, or null. */
export function wrongIn(setting, text) {
  const given = String(text ?? '').trim();
  if (given === '') {
    return setting.required ? { kind: 'missing' } : null;
  }
  if (setting.type === 'frames') {
    const { wrong, part, better } = framesOf(given);
    return wrong ? { kind: wrong, part, better: better ?? '' } : null;
  }
  return setting.type === 'integer' || setting.type === 'number' ? wrongNumber(setting, given) : null;
}

function wrongNumber({ type, minimum, maximum }, text) {
  const number = Number(text);
  if (!Number.isFinite(number) || (type === 'integer' && !Number.isInteger(number))) {
    return { kind: type };
  }
  const low = minimum ?? -Infinity;
  const high = maximum ?? Infinity;
  return number < low || number > high ? { kind: 'range', minimum: low, maximum: high } : null;
}

/** The value of a setting; undefined when nothing was given. */
export function valueOf(setting, text) {
  if (setting.type === 'boolean') {
    return text === true || text === 'true';
  }
  const given = String(text ?? '').trim();
  if (given === '') {
    return undefined;
  }
  switch (setting.type) {
    case 'integer':
    case 'number': return Number(given);
    case 'text-list': return given.split('\n').map((line) => line.trimEnd()).filter((line) => line !== '');
    default: return given;
  }
}

/** What a field shows at first: of an earlier job, else what is usual. */
export function textOf(setting, earlier = {}) {
  const value = earlier[setting.name] ?? setting.default ?? '';
  return Array.isArray(value) ? value.join('\n') : typeof value === 'boolean' ? value : String(value);
}

/** The settings to send: those that were given. */
export function settingsOf(type, texts) {
  return Object.fromEntries(type.settings.map((setting) => [setting.name, valueOf(setting, texts[setting.name])]).filter(([, value]) => value !== undefined));
}
