/** The set-up of a Manager: link it with a Server, edit its settings as a form or as YAML, see what is missing, restart. */
import './theme.js';
import { setup, whenUnknown } from './api.js';
import { dialogs } from './dialogs.js';
import { loadIcons } from './icons.js';
import { arrive, logIn } from './manager-login.js';
import { icon, lead } from './parts.js';
import { createApp, h, onMounted, reactive, ref } from './vue.js';
import { say } from './words/words.js';

const PLATFORMS = ['linux', 'darwin', 'windows'];
const AUDIENCES = ['all', 'workers', 'users'];

const state = reactive({ config: null, saved: {}, yaml: '', version: '', urls: [], link: null, server: '', fingerprint: '', checks: [], asYaml: false, changed: false, busy: false, wrong: '', done: '' });

/** Does one thing at a time, and says what became of it. */
async function doing(work) {
  Object.assign(state, { busy: true, wrong: '', done: '' });
  try {
    await work();
  } catch (error) {
    state.wrong = error.message;
  } finally {
    state.busy = false;
  }
}

async function load() {
  const { document: data, version } = await setup.data();
  // The Server's address comes with the form: a value that arrived later would end up in the middle of what is typed.
  const server = state.server || (data.config.flamenco ?? '');
  Object.assign(state, { config: data.config, saved: structuredClone(data.config), yaml: data.yaml, urls: data.own_urls, version, server, changed: false });
  state.checks = await setup.checks().catch((error) => [{ name: say('setup.settings'), fine: false, text: error.message }]);
}

const save = () => doing(async () => {
  await (state.asYaml ? setup.saveYaml(state.yaml, state.version) : setup.save(state.config, state.version));
  await load();
  state.done = say('setup.saved');
});

/** Goes to the Server, unless a person has to say first that its certificate is the right one. */
const link = (confirmed) => doing(async () => {
  const begun = await setup.linkStart(state.server, confirmed);
  state.fingerprint = begun.confirm_fingerprint ?? '';
  if (begun.location) {
    location.assign(begun.location);
  }
});

async function backWhenUp(path) {
  for (let attempt = 0; attempt < 60; attempt++) {
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    if (await fetch(path).then((answer) => answer.ok, () => false)) {
      location.assign(path);
      return;
    }
  }
}

const restart = (path, to) => doing(async () => {
  await setup.restart(path);
  state.done = say('setup.restarting');
  await backWhenUp(to);
});

const change = (object, key) => (event) => {
  object[key] = event.target.type === 'checkbox' ? event.target.checked : event.target.value;
  state.changed = true;
};

/** Brings back what is saved, where something else was typed. */
const restore = (object, saved, key) => (object[key] ?? '') === (saved[key] ?? '') ? null
  : h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: () => { object[key] = saved[key]; } }, say('setup.restore'));

const field = (key, { type = 'text', hint, object = state.config, saved = state.saved, extra = null } = {}) => h('div', { class: 'field' }, [
  h('label', { for: key }, say(`setup.${key}`)),
  type === 'checkbox'
    ? h('input', { id: key, type, checked: object[key] ?? false, onChange: change(object, key) })
    : h('div', { class: 'row' }, [
      h('input', { class: 'input', id: key, type, value: object[key] ?? '', onInput: change(object, key) }),
      restore(object, saved, key),
    ]),
  hint ? h('p', { class: 'hint' }, hint) : null,
  extra,
]);

const part = (word, fields) => h('section', { class: 'form-part' }, [h('h2', say(word)), h('div', { class: 'fields' }, fields)]);

const button = (word, act, { primary = false, disabled = false } = {}) =>
  h('button', { class: 'btn', 'data-kind': primary ? 'primary' : undefined, type: 'button', disabled: disabled || state.busy, onClick: act }, say(word));

const linking = () => part('setup.link', [
  h('div', { class: 'field' }, [
    h('p', state.link === null ? say('setup.linkChecking') : say(state.link.link_required ? 'setup.linkNeeded' : 'setup.linkFine', { server: state.link.server_url ?? '' })),
    h('label', { for: 'server' }, say('setup.server')),
    h('div', { class: 'row' }, [
      h('input', { class: 'input', id: 'server', type: 'url', placeholder: 'http://server.studio:8090/', value: state.server, onInput: (event) => { Object.assign(state, { server: event.target.value, fingerprint: '' }); } }),
      button(state.link?.link_required === false ? 'setup.linkOther' : 'setup.linkNow', () => link(), { primary: state.link?.link_required !== false, disabled: state.server === '' }),
    ]),
    state.fingerprint === '' ? null : h('div', { role: 'alert' }, [
      h('p', say('setup.fingerprint')),
      h('p', h('code', { class: 'fingerprint' }, state.fingerprint)),
      h('p', { class: 'hint' }, say('setup.fingerprintHint')),
      button('setup.fingerprintSame', () => link(state.fingerprint), { primary: true }),
    ]),
  ]),
]);

const candidates = () => h('div', { class: 'row' }, state.urls.map(({ url, is_used_for_setup: used }) =>
  h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-pressed': String(state.config.own_url === url), onClick: () => { state.config.own_url = url; state.changed = true; } },
    used ? say('setup.urlUsed', { url }) : url)));

const select = (object, key, values) => h('select', { class: 'select', 'aria-label': key, value: object[key] ?? values[0], onChange: change(object, key) },
  values.map((value) => h('option', { value, selected: value === (object[key] ?? values[0]) }, value)));

/** The first pair of audience and platform that has no value yet. */
function unused(values) {
  const taken = new Set(values.map(({ audience = 'all', platform }) => `${audience} ${platform}`));
  return AUDIENCES.flatMap((audience) => PLATFORMS.map((platform) => ({ audience, platform, value: '' }))).find(({ audience, platform }) => !taken.has(`${audience} ${platform}`));
}

const variable = (name, { values, ...definition }) => {
  const entry = state.config.variables[name];
  const next = unused(values ?? []);
  const edited = (work) => () => { work(); state.changed = true; };
  return h('fieldset', { class: 'field', key: name }, [
    h('legend', [h('code', `{${name}}`), ' ', select(entry, 'direction', ['oneway', 'twoway'])]),
    ...(entry.values ?? []).map((value, index) => h('div', { class: 'row', key: index }, [
      select(value, 'audience', AUDIENCES),
      value.platforms ? h('span', value.platforms.join(', ')) : select(value, 'platform', PLATFORMS),
      h('input', { class: 'input', 'aria-label': `${name} ${definition.direction}`, value: value.value ?? '', onInput: change(value, 'value') }),
      h('button', { class: 'btn', type: 'button', 'aria-label': say('setup.removeValue'), onClick: edited(() => entry.values.splice(index, 1)) }, [icon('close')]),
    ])),
    h('div', { class: 'row' }, [h('button', { class: 'btn', 'data-size': 'small', type: 'button', disabled: next === undefined, onClick: edited(() => { (entry.values ??= []).push(next); }) }, say('setup.addValue'))]),
  ]);
};

const fresh = ref('');
const variables = () => part('setup.variables', [
  ...Object.entries(state.config.variables ?? {}).map(([name, definition]) => variable(name, definition)),
  h('div', { class: 'field' }, [h('div', { class: 'row' }, [
    h('input', { class: 'input', 'aria-label': say('setup.variableName'), placeholder: 'blender', value: fresh.value, onInput: (event) => { fresh.value = event.target.value; } }),
    button('setup.addVariable', () => {
      state.config.variables = { ...state.config.variables, [fresh.value]: { direction: 'oneway', values: [unused([])] } };
      Object.assign(state, { changed: true });
      fresh.value = '';
    }, { disabled: !/^\w+$/.test(fresh.value) }),
  ])]),
]);

const fileStore = () => {
  const nested = { object: state.config.shaman, saved: state.saved.shaman };
  return part('setup.fileStore', [
    field('enabled', { type: 'checkbox', hint: say('setup.fileStoreHint'), ...nested }),
    ...(state.config.shaman.enabled ? [field('fileStorePath', nested), field('checkoutPath', nested)] : []),
  ]);
};

const form = () => h('div', { class: 'form' }, [
  part('setup.manager', [
    field('manager_name'),
    field('own_url', { hint: say('setup.ownUrlHint'), extra: candidates() }),
    ...(state.config.websetup?.hide_infra_settings ? [] : [
      field('listen'),
      field('worker_registration_secret', { hint: say('setup.secretHint') }),
      field('ssdp_discovery', { type: 'checkbox' }),
    ]),
  ]),
  state.config.websetup?.hide_infra_settings ? null : part('setup.storage', [field('database_url', { hint: say('setup.databaseHint') }), field('task_logs_path')]),
  state.config.websetup?.hide_infra_settings ? null : fileStore(),
  variables(),
]);

const yaml = () => h('textarea', { class: 'input mono', rows: 30, 'aria-label': 'YAML', spellcheck: false, value: state.yaml, onInput: (event) => { state.yaml = event.target.value; state.changed = true; } });

const checks = () => part('setup.checks', [h('ul', state.checks.map(({ name, fine, text }) => h('li', { class: fine ? 'row' : 'row wrong', key: name }, [icon(fine ? 'completed' : 'error'), h('span', [h('b', name), ' ', text])])))]);

const linkDone = () => lead({ sentence: say('setup.linkDone'), under: say('setup.linkDoneHint'), actions: [button('setup.restart', () => restart('/setup/restart', '/'), { primary: true }), button('setup.more', () => location.assign('/setup'))] });

const toSetup = () => lead({ sentence: say('setup.begin'), under: say('setup.beginHint'), actions: [button('setup.beginNow', () => restart('/restart-to-websetup', '/setup'), { primary: true }), button('setup.back', () => location.assign('/'))] });

const page = () => (state.config === null ? null : h('div', [
  lead({
    sentence: say('setup.title', { name: state.config.manager_name ?? '' }),
    under: say('setup.under'),
    actions: [
      button(state.asYaml ? 'setup.asForm' : 'setup.asYaml', () => doing(async () => { state.asYaml = !state.asYaml; await load(); }), { disabled: state.changed }),
      button('setup.save', save, { disabled: !state.changed, primary: state.changed }),
      button('setup.restart', () => restart('/setup/restart', '/'), { disabled: state.changed }),
    ],
  }),
  linking(),
  state.asYaml ? yaml() : form(),
  checks(),
]));

createApp({
  setup() {
    onMounted(() => doing(async () => {
      await arrive();
      if (location.pathname === '/restart-to-websetup') {
        return;
      }
      await load();
      state.link = await setup.linkRequired();
    }));
    return () => [
      h('header', { class: 'bar' }, [h('a', { class: 'brand', href: '/setup' }, [h('img', { class: 'fan', src: '/assets/favicon.svg', alt: '' }), 'Flamenco ', h('small', 'Manager')])]),
      h('main', { class: 'page' }, [
        state.wrong ? h('p', { class: 'row wrong', role: 'alert' }, [icon('error'), h('span', { style: 'white-space: pre-line' }, state.wrong)]) : null,
        state.done ? h('p', { role: 'status' }, state.done) : null,
        ({ '/setup/link-done': linkDone, '/restart-to-websetup': toSetup })[location.pathname]?.() ?? page(),
      ]),
      ...dialogs(),
    ];
  },
}).mount('#app');

whenUnknown(logIn);
void loadIcons();
