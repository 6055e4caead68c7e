/** The set-up of a Manager: link it with a Server, edit its settings as a form or as YAML, see what is missing, restart. */
import './theme.js';
import { setup, whenUnknown } from './api.js';
import { dialogs } from './dialogs.js';
import { loadIcons } from './icons.js';
import { arrive, logIn } from './manager-login.js';
import { icon, lead } from './parts.js';
import { part } from './views/setup-fields.js';
import { settingsForm } from './views/setup-form.js';
import { createApp, h, onMounted, reactive } from './vue.js';
import { say } from './words/words.js';

const state = reactive({ config: null, saved: {}, ownDatabase: false, separate: {}, yaml: '', version: '', urls: [], link: null, server: '', fingerprint: '', checks: [], asYaml: false, changed: false, busy: false, wrong: '', done: '' });

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
  Object.assign(state, { config: data.config, saved: structuredClone(data.config), ownDatabase: Boolean(data.config.database_url), separate: {}, yaml: data.yaml, urls: data.own_urls, version, server, changed: false });
  state.checks = await setup.checks().catch((error) => [{ name: say('setup.settings'), fine: false, text: error.message }]);
}

const save = () => doing(async () => {
  if (!state.asYaml && state.ownDatabase && !state.config.database_url) {
    throw new Error(say('setup.databaseNeeded'));
  }
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
  state.asYaml ? yaml() : settingsForm(state),
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
