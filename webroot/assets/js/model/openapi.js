/** Reads an OpenAPI 3 document: which operations there are, what each takes and answers. */

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const DEEPEST = 5;

/** The thing that a `$ref` names; a thing without one as it is. */
function resolved(thing, document) {
  let found = thing;
  while (found?.$ref) {
    found = found.$ref.split('/').slice(1).reduce((part, key) => part?.[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  }
  return found ?? {};
}

/** Who may call it: a role, `anybody`, or the names of the credentials that it takes. */
function access(operation, method, document) {
  const security = operation.security ?? document.security;
  if (Array.isArray(security) && security.length === 0) {
    return 'anybody';
  }
  if (operation['x-role']) {
    return operation['x-role'];
  }
  const credentials = (security ?? []).flatMap(Object.keys);
  const people = Object.entries(document.components?.securitySchemes ?? {})
    .filter(([name, { scheme, type }]) => credentials.includes(name) && (type === 'apiKey' || scheme === 'bearer'));
  if (credentials.length > 0 && people.length === 0) {
    return credentials.join(', ');
  }
  return method === 'get' ? 'viewer' : 'wrangler';
}

/** What a schema without parts allows, in a few signs: `integer 1…100 = 50`, `string[]`, `"asleep" | "awake"`. */
export function typeOf(given, document) {
  const schema = resolved(given, document);
  const or = schema.nullable ? ' | null' : '';
  if (schema.enum) {
    return schema.enum.map((value) => JSON.stringify(value)).join(' | ') + or + usual(schema);
  }
  if (schema.type === 'array') {
    const item = typeOf(schema.items ?? {}, document);
    return `${/ /.test(item) ? `(${item})` : item}[]${bounds(schema.minItems, schema.maxItems)}${or}`;
  }
  const limits = bounds(schema.minimum ?? schema.minLength, schema.maximum ?? schema.maxLength);
  const form = schema.format ? ` ${schema.format}` : schema.pattern ? ` /${schema.pattern}/` : '';
  return `${schema.type ?? 'any'}${form}${limits}${or}${usual(schema)}`;
}

const bounds = (least, most) => (least === undefined && most === undefined ? '' : ` ${least ?? ''}…${most ?? ''}`);
const usual = (schema) => (schema.default === undefined ? '' : ` = ${JSON.stringify(schema.default)}`);

/** What a schema consists of, part by part, the parts of parts indented: `{ name, depth, required, type, text }` each. */
export function partsOf(given, document, depth = 0, within = []) {
  const schema = resolved(given, document);
  if (schema.type === 'array') {
    return partsOf(schema.items ?? {}, document, depth, within);
  }
  if (depth === DEEPEST || within.includes(schema)) {
    return [];
  }
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => [
    { name, depth, required: schema.required?.includes(name) ?? false, type: typeOf(property, document), text: resolved(property, document).description ?? '' },
    ...partsOf(property, document, depth + 1, [...within, schema]),
  ]);
}

const contents = (thing, document) => Object.entries(thing.content ?? {})
  .map(([media, { schema = {} }]) => ({ media, type: typeOf(schema, document), parts: partsOf(schema, document) }));

const parameterOf = (document) => (given) => {
  const { name, in: place, required = false, description = '', schema = {} } = resolved(given, document);
  return { name, place, required, text: description, type: typeOf(schema, document) };
};

function answersOf(operation, document) {
  return Object.entries(operation.responses ?? {}).map(([status, given]) => {
    const answer = resolved(given, document);
    return { status, text: answer.description ?? '', contents: contents(answer, document) };
  });
}

/** The first part of a path that says what it is about. */
const subject = (path) => path.replace(/^\/api\/v\d+/, '').split('/').find((part) => part !== '') ?? '/';

/** Every operation, in the order of the document, in groups of one subject: `{ name, operations }` each. */
export function groupsOf(document) {
  const groups = new Map();
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS.filter((known) => methods[known])) {
      const operation = methods[method];
      const name = operation.tags?.[0] ?? subject(path);
      groups.set(name, [...groups.get(name) ?? [], {
        id: operation.operationId ?? `${method}${path}`,
        method: method.toUpperCase(),
        path,
        text: operation.summary ?? operation.description ?? '',
        more: operation.summary ? operation.description ?? '' : '',
        access: access(operation, method, document),
        parameters: [...methods.parameters ?? [], ...operation.parameters ?? []].map(parameterOf(document)),
        body: operation.requestBody ? { required: false, ...resolved(operation.requestBody, document), contents: contents(resolved(operation.requestBody, document), document) } : null,
        answers: answersOf(operation, document),
      }]);
    }
  }
  return [...groups].map(([name, operations]) => ({ name, operations }));
}

/** The groups with only what has all words of a text somewhere in its method, path, summary, access or parameters. */
export function fitting(groups, text) {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const fits = ({ method, path, text: summary, access: who, id, parameters }) => {
    const all = [method, path, summary, who, id, ...parameters.map(({ name }) => name)].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  };
  return groups.map(({ name, operations }) => ({ name, operations: operations.filter(fits) })).filter(({ operations }) => operations.length > 0);
}
