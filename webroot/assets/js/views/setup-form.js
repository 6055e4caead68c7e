/** The settings of a Manager as a form; those of the machine are left out where whoever runs it hides them. */
import { h } from '../vue.js';
import { say } from '../words/words.js';
import { choice, edit, field, part } from './setup-fields.js';
import { variables } from './setup-variables.js';

const candidates = (state) => h('div', { class: 'row' }, state.urls.map(({ url, is_used_for_setup: used }) =>
  h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-pressed': String(state.config.own_url === url), onClick: edit(state, () => { state.config.own_url = url; }) },
    used ? say('setup.urlUsed', { url }) : url)));

/** The embedded database needs no settings; its choice empties the URL of a MongoDB, and that of a MongoDB brings back the saved one. */
const database = (state) => {
  const choose = (which) => edit(state, () => {
    state.ownDatabase = which === 'mongodb';
    state.config.database_url = state.ownDatabase ? state.saved.database_url ?? '' : '';
  })();
  return [
    h('div', { class: 'field', key: 'database' }, [
      h('b', say('setup.database')),
      choice('database', state.ownDatabase ? 'mongodb' : 'embedded', [['embedded', say('setup.databaseEmbedded')], ['mongodb', say('setup.databaseMongo')]], choose),
      state.ownDatabase ? null : h('p', { class: 'hint' }, say('setup.databaseEmbeddedHint')),
    ]),
    state.ownDatabase ? field(state, 'database_url', { hint: say('setup.databaseHint') }) : null,
  ];
};

const fileStore = (state) => {
  const nested = { object: state.config.shaman, saved: state.saved.shaman };
  return part('setup.fileStore', [
    field(state, 'enabled', { type: 'checkbox', hint: say('setup.fileStoreHint'), ...nested }),
    ...(state.config.shaman.enabled ? [field(state, 'fileStorePath', nested), field(state, 'checkoutPath', nested)] : []),
  ]);
};

/** The form. */
export const settingsForm = (state) => {
  const infra = !state.config.websetup?.hide_infra_settings;
  return h('div', { class: 'form' }, [
    part('setup.manager', [
      field(state, 'manager_name'),
      field(state, 'own_url', { hint: say('setup.ownUrlHint'), extra: candidates(state) }),
      ...(infra ? [
        field(state, 'listen'),
        field(state, 'worker_registration_secret', { hint: say('setup.secretHint') }),
        field(state, 'ssdp_discovery', { type: 'checkbox' }),
      ] : []),
    ]),
    infra ? part('setup.storage', [...database(state), field(state, 'task_logs_path')]) : null,
    infra ? fileStore(state) : null,
    variables(state),
  ]);
};
