/** The variables of a Manager: what stands for a name in tasks on each platform, for Workers and for people. */
import { icon } from '../parts.js';
import { h, ref } from '../vue.js';
import { say } from '../words/words.js';
import { change, choice, edit, part, select } from './setup-fields.js';

const PLATFORMS = ['linux', 'darwin', 'windows'];
const AUDIENCES = ['all', 'workers', 'users'];
/** Every Manager has these; they come back when they are taken out. */
const LASTING = ['blender', 'ffmpeg', 'shaman', 'render', 'job_storage'];

const forAll = ({ audience }) => (audience || 'all') === 'all';
const platformsOf = ({ platform, platforms }) => platforms ?? [platform];

/** The first place among these audiences and all platforms that has no value yet; none when all have one. */
function unused(values, audiences) {
  const taken = new Set(values.flatMap((value) => platformsOf(value).map((platform) => `${value.audience || 'all'} ${platform}`)));
  return audiences.flatMap((audience) => PLATFORMS.map((platform) => ({ audience, platform, value: '' }))).find(({ audience, platform }) => !taken.has(`${audience} ${platform}`));
}

/** One value per platform, for everybody: that of everybody, else the Workers', else the people's. */
function together(values) {
  const ranked = [...values].sort((one, other) => AUDIENCES.indexOf(one.audience || 'all') - AUDIENCES.indexOf(other.audience || 'all'));
  return ranked.filter((value, index) => ranked.findIndex((first) => String(platformsOf(first)) === String(platformsOf(value))) === index)
    .map((value) => ({ ...value, audience: 'all' }));
}

const row = (state, name, values, value, index, separate) => h('div', { class: 'value', key: index }, [
  separate ? select(state, value, 'audience', AUDIENCES) : null,
  value.platforms ? h('span', value.platforms.join(', ')) : select(state, value, 'platform', PLATFORMS),
  h('input', { class: 'input', 'aria-label': say('setup.valueOf', { name, platform: platformsOf(value).join(', ') }), value: value.value ?? '', onInput: change(state, value, 'value') }),
  h('button', { class: 'btn', type: 'button', 'aria-label': say('setup.removeValue'), onClick: edit(state, () => values.splice(index, 1)) }, [icon('close')]),
]);

const variable = (state, name) => {
  const entry = state.config.variables[name];
  const values = entry.values ?? [];
  const separate = state.separate[name] ?? !values.every(forAll);
  const next = unused(values, separate ? AUDIENCES : ['all']);
  const audiences = (which) => edit(state, () => {
    state.separate[name] = which === 'separate';
    entry.values = which === 'separate' ? values : together(values);
  })();
  return h('fieldset', { class: 'field variable', key: name, 'data-variable': name }, [
    h('legend', [h('code', `{${name}}`), LASTING.includes(name) ? ` ${say(`setup.variable.${name}`)}` : null]),
    choice(`${name} direction`, entry.direction, [['oneway', say('setup.oneway')], ['twoway', say('setup.twoway')]], (direction) => edit(state, () => { entry.direction = direction; })()),
    choice(`${name} audience`, separate ? 'separate' : 'same', [['same', say('setup.audienceSame')], ['separate', say('setup.audienceSeparate')]], audiences),
    ...values.map((value, index) => row(state, name, values, value, index, separate)),
    h('div', { class: 'row' }, [
      h('button', { class: 'btn', 'data-size': 'small', type: 'button', disabled: next === undefined, onClick: edit(state, () => { entry.values = [...values, next]; }) }, say('setup.addValue')),
      LASTING.includes(name) ? null : h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: edit(state, () => { delete state.config.variables[name]; }) }, say('setup.removeVariable')),
    ]),
  ]);
};

const fresh = ref('');

const addition = (state) => h('div', { class: 'field' }, [h('div', { class: 'row' }, [
  h('input', { class: 'input', 'aria-label': say('setup.variableName'), placeholder: 'textures', value: fresh.value, onInput: (event) => { fresh.value = event.target.value; } }),
  h('button', {
    class: 'btn',
    type: 'button',
    disabled: state.busy || !/^\w+$/.test(fresh.value) || fresh.value in state.config.variables,
    onClick: edit(state, () => {
      state.config.variables[fresh.value] = { direction: 'oneway', values: [unused([], ['all'])] };
      fresh.value = '';
    }),
  }, say('setup.addVariable')),
])]);

/** The part of the form with all of them. */
export const variables = (state) => part('setup.variables', [
  h('p', { class: 'hint field' }, say('setup.variablesHint')),
  ...Object.keys(state.config.variables).map((name) => variable(state, name)),
  addition(state),
]);
