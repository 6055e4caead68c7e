/**
 * Messages of the catalogue: a small part of the ICU message format, as much as our sentences need.
 *
 * `{name}` is a parameter, `{n, plural, =0 {none} one {# task} other {# tasks}}` and
 * `{state, select, active {…} other {…}}` choose by one; branches may hold messages again, and `#` is the number of the
 * innermost plural. `<work>…</work>` (or any other word) marks the part of a sentence that carries the news.
 */

/** The message as a tree; throws with the text and the place when it is not well formed. */
export function parse(text) {
  const reader = { text, at: 0 };
  const tree = parts(reader, null);
  if (reader.at < text.length) {
    throw new SyntaxError(`Unexpected “${text[reader.at]}” at ${reader.at} in: ${text}`);
  }
  return tree;
}

function parts(reader, tag) {
  const found = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') {
      found.push(plain);
      plain = '';
    }
  };
  while (reader.at < reader.text.length) {
    const rest = reader.text.slice(reader.at);
    const opened = /^<([a-z]+)>/.exec(rest);
    if (opened) {
      flush();
      reader.at += opened[0].length;
      found.push({ kind: 'mark', name: opened[1], parts: parts(reader, opened[1]) });
      expect(reader, `</${opened[1]}>`);
    } else if (rest.startsWith('</') || rest[0] === '}') {
      break;
    } else if (rest[0] === '{') {
      flush();
      found.push(argument(reader));
    } else if (rest[0] === '#') {
      flush();
      reader.at++;
      found.push({ kind: 'number' });
    } else {
      plain += rest[0];
      reader.at++;
    }
  }
  flush();
  if (tag !== null && reader.at >= reader.text.length) {
    throw new SyntaxError(`<${tag}> is not closed in: ${reader.text}`);
  }
  return found;
}

function argument(reader) {
  const [head, name, kind] = /^\{\s*(\w+)\s*(?:,\s*(plural|select)\s*,)?/.exec(reader.text.slice(reader.at)) ?? [];
  if (head === undefined) {
    throw new SyntaxError(`“{” at ${reader.at} is not followed by a name in: ${reader.text}`);
  }
  reader.at += head.length;
  if (kind === undefined) {
    expect(reader, '}');
    return { kind: 'value', name };
  }
  const branches = {};
  for (;;) {
    skipSpace(reader);
    const [key] = /^[=\w-]+/.exec(reader.text.slice(reader.at)) ?? [];
    if (key === undefined) {
      break;
    }
    reader.at += key.length;
    skipSpace(reader);
    expect(reader, '{');
    branches[key] = parts(reader, null);
    expect(reader, '}');
  }
  expect(reader, '}');
  if (branches.other === undefined) {
    throw new SyntaxError(`{${name}, ${kind}} has no “other” in: ${reader.text}`);
  }
  return { kind, name, branches };
}

function expect(reader, wanted) {
  if (!reader.text.startsWith(wanted, reader.at)) {
    throw new SyntaxError(`“${wanted}” is missing at ${reader.at} in: ${reader.text}`);
  }
  reader.at += wanted.length;
}

function skipSpace(reader) {
  while (/\s/.test(reader.text[reader.at] ?? '')) {
    reader.at++;
  }
}

/**
 * The parts of the sentence: texts and `{ name, text }` for marked parts.
 *
 * @param language `{ number, plural }`: how numbers are written, and which plural form a number takes
 */
export function fill(tree, parameters, language, number = undefined) {
  return tree.flatMap((part) => {
    if (typeof part === 'string') {
      return [part];
    }
    switch (part.kind) {
      case 'number': return [number === undefined ? '#' : language.number(number)];
      case 'value': return [shown(parameters[part.name], language)];
      case 'mark': return [{ name: part.name, text: flat(fill(part.parts, parameters, language, number)) }];
      case 'select': return fill(part.branches[parameters[part.name]] ?? part.branches.other, parameters, language, number);
      default: return plural(part, parameters, language);
    }
  });
}

function plural(part, parameters, language) {
  const number = Number(parameters[part.name]);
  const branch = part.branches[`=${number}`] ?? part.branches[language.plural(number)] ?? part.branches.other;
  return fill(branch, parameters, language, number);
}

const shown = (value, language) => (typeof value === 'number' ? language.number(value) : String(value ?? ''));

/** The sentence as plain text. */
export const flat = (filled) => filled.map((part) => (typeof part === 'string' ? part : part.text)).join('');

/** The names of all parameters that a message uses, sorted. */
export function parametersOf(tree) {
  const names = new Set();
  const visit = (list) => list.forEach((part) => {
    if (typeof part === 'string') {
      return;
    }
    if (part.name && part.kind !== 'mark') {
      names.add(part.name);
    }
    visit(part.parts ?? []);
    Object.values(part.branches ?? {}).forEach(visit);
  });
  visit(tree);
  return [...names].sort();
}
