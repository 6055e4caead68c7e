/** Who changed what, newest first, page by page. */
import { server } from '../api.js';
import { loaded, orElse } from '../loading.js';
import { icon, lead, nothing, search } from '../parts.js';
import { peoplePlaces } from '../people-places.js';
import { inAddress, link } from '../router.js';
import { Rows } from '../rows.js';
import { h, ref, watch } from '../vue.js';
import { dateAndTime, say } from '../words/words.js';

const PAGE = 100;
const TYPED_MS = 300;
const ID = /^[0-9a-f]{24}$/i;

export default {
  setup() {
    const user = inAddress('user');
    const thing = inAddress('thing');
    const next = ref(null);
    const asked = () => ({ user: user.value.trim(), thing: ID.test(thing.value.trim()) ? thing.value.trim() : '', limit: PAGE });
    const page = async (cursor) => {
      const { entries, next: after } = await server.audit({ ...asked(), cursor });
      next.value = after ?? null;
      return entries;
    };
    const log = loaded(() => page());
    const more = async () => { log.state.value = [...log.state.value, ...await page(next.value)]; };
    let typing = null;
    watch([user, thing], () => {
      clearTimeout(typing);
      typing = setTimeout(log.reload, TYPED_MS);
    });
    document.title = say('audit.title');
    void log.reload();

    const clear = () => { user.value = ''; thing.value = ''; };
    const wrongThing = () => thing.value.trim() !== '' && !ID.test(thing.value.trim());

    return () => h('div', [
      lead({ sentence: say('audit.sentence'), under: say('audit.under') }),
      peoplePlaces(),
      h('div', { class: 'tools' }, [
        search(user.value, say('audit.user'), (value) => { user.value = value; }),
        h('input', { class: 'input', type: 'search', placeholder: say('audit.thing'), 'aria-label': say('audit.thing'), 'aria-invalid': wrongThing() ? 'true' : undefined, maxlength: 24, value: thing.value, onInput: (event) => { thing.value = event.target.value; } }),
        wrongThing() ? h('span', { class: 'wrong small', role: 'alert' }, say('audit.thingWrong')) : null,
      ]),
      orElse(log, (entries) => (entries.length === 0
        ? h('div', { class: 'sheet' }, [nothing('history', say(user.value || thing.value ? 'audit.noneFit' : 'audit.none'), null, user.value || thing.value ? [h('button', { class: 'btn', type: 'button', onClick: clear }, say('list.clear'))] : [])])
        : h('div', [
          h(Rows, { columns: columns(), rows: entries, label: say('audit.title'), cells: row }),
          next.value === null ? null : h('p', { class: 'list-foot' }, [h('button', { class: 'btn', type: 'button', onClick: more }, say('list.more'))]),
        ]))),
    ]);
  },
};

const columns = () => [{ word: say('audit.when') }, { word: say('audit.who') }, { word: say('audit.what') }, { word: say('audit.outcome') }, { word: say('audit.said'), kind: 'wide' }];

const THINGS = [[/\/jobs\b/, 'jobs'], [/\/tasks\b/, 'flamenco/tasks']];

/** A link to what was changed, when it has a page. */
function thingOf({ operation, thing }) {
  const found = THINGS.find(([pattern]) => pattern.test(operation));
  return thing === '' ? null : found ? link(`/${found[1]}/${thing}`, h('code', thing)) : h('code', thing);
}

const row = (entry) => ({
  properties: { 'data-audit': entry.operation },
  cells: [
    h('th', { scope: 'row', class: 'num' }, dateAndTime(entry.at)),
    h('td', { class: 'card-line' }, [h('span', { class: 'two' }, [h('span', entry.user || say('audit.nobody')), h('span', say('audit.by', { means: entry.means || 'none', from: entry.from }))])]),
    h('td', { class: 'card-line' }, [h('span', { class: 'two' }, [h('code', { class: 'operation' }, entry.operation), h('span', [thingOf(entry)])])]),
    h('td', [outcome(entry.status)]),
    h('td', { class: 'wide' }, [h('span', { class: 'clip why', title: saidOf(entry) }, saidOf(entry))]),
  ],
});

const saidOf = ({ said }) => Object.entries(said ?? {}).map(([key, value]) => `${key}: ${value}`).join(', ');

const outcome = (status) => (status < 400
  ? h('span', { class: 'st', 'data-family': 'done' }, [icon('completed'), say('audit.done')])
  : h('span', { class: 'st', 'data-family': 'stop' }, [icon('failed'), say('audit.refused', { status })]));
