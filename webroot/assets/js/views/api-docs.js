/** What tools can ask of a role: its OpenAPI document, to read and to search. */
import { fitting, groupsOf } from '../model/openapi.js';
import { loaded, orElse } from '../loading.js';
import { icon, lead, nothing, search } from '../parts.js';
import { inAddress, place } from '../router.js';
import { computed, h, nextTick } from '../vue.js';
import { say } from '../words/words.js';

const ROLES = ['admin', 'wrangler', 'artist', 'viewer', 'anybody'];

/**
 * A view of an OpenAPI document.
 *
 * @param fetched answers the document
 * @param address where programs find it
 */
export const apiDocs = (fetched, address) => ({
  setup() {
    const description = loaded(fetched);
    const text = inAddress('q');
    const groups = computed(() => groupsOf(description.state.value ?? {}));
    const shown = computed(() => fitting(groups.value, text.value));
    void description.reload().then(nextTick).then(() => document.getElementById(place.hash.slice(1))?.scrollIntoView());

    return () => orElse(description, (found) => {
      document.title = say('api.title', { name: found.info.title });
      return h('div', [
        lead({
          sentence: say('api.sentence', { name: found.info.title, n: groups.value.reduce((sum, { operations }) => sum + operations.length, 0) }),
          under: found.info.description,
          actions: [h('a', { class: 'btn', href: address, download: '' }, [icon('download'), say('api.file')])],
        }),
        h('div', { class: 'tools' }, [search(text.value, say('api.filter'), (wanted) => { text.value = wanted; })]),
        shown.value.length === 0
          ? h('div', { class: 'sheet' }, [nothing('search', say('api.none', { text: text.value }), null, [h('button', { class: 'btn', type: 'button', onClick: () => { text.value = ''; } }, say('list.clear'))])])
          : h('div', { class: 'main' }, shown.value.map(group)),
      ]);
    });
  },
});

const group = ({ name, operations }) => h('section', { key: name, 'aria-labelledby': `group-${name}` }, [
  h('h2', { class: 'operations-title', id: `group-${name}` }, name),
  h('div', { class: 'sheet' }, operations.map(operation)),
]);

const operation = ({ id, method, path, text, more, access, parameters, body, answers }) => h('details', { class: 'operation', id, key: id, open: place.hash === `#${id}`, 'data-operation': id }, [
  h('summary', [
    h('span', { class: 'turn' }, [icon('right')]),
    h('b', { class: 'mono' }, method), h('code', path), h('span', { class: 'operation-text' }, text), h('span', { class: 'tiny quiet' }, who(access)),
  ]),
  h('div', { class: 'operation-parts' }, [
    more ? h('p', more) : null,
    h('p', { class: 'small quiet' }, [h('a', { href: `#${id}` }, say('api.link'))]),
    parameters.length === 0 ? null : part(say('api.parameters'), [table(say('api.parametersOf', { path }), parameters.map((one) => ({ ...one, depth: 0 })))]),
    body === null ? null : part(say('api.body'), body.contents.flatMap(content)),
    part(say('api.answers'), answers.map((answer) => h('div', { class: 'operation-answer' }, [
      h('p', [h('b', { class: 'mono' }, answer.status === 'default' ? say('api.otherwise') : answer.status), ' ', answer.text]),
      ...answer.status === 'default' ? [] : answer.contents.flatMap(content),
    ]))),
  ]),
]);

const who = (access) => (ROLES.includes(access) ? say('api.role', { role: access }) : say('api.credentials', { names: access }));

const part = (title, content) => h('section', [h('h3', title), ...content]);

const content = ({ media, type, parts }) => [
  h('p', { class: 'small quiet' }, [h('code', media), ' ', h('code', type)]),
  parts.length === 0 ? null : table(say('api.partsOf', { media }), parts),
];

const table = (label, rows) => h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': label }, [h('table', [
  h('thead', [h('tr', [say('api.name'), say('api.type'), say('api.meaning')].map((word) => h('th', { scope: 'col' }, word)))]),
  h('tbody', rows.map(({ name, place: where, depth, required, type, text }) => h('tr', [
    h('th', { scope: 'row', style: { paddingLeft: `calc(var(--s-3) + ${depth} * var(--s-4))` } }, [h('span', { class: 'mono' }, name), required ? h('span', { class: 'quiet' }, ` ${say('api.required')}`) : null, where ? h('span', { class: 'quiet' }, ` ${where}`) : null]),
    h('td', { class: 'mono' }, type), h('td', text),
  ]))),
])]);
