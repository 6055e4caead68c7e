/** Projects: to what jobs belong, who may submit there, and which Managers run them. */
import { projects, server, users } from '../api.js';
import { confirmed } from '../confirm.js';
import { FormDialog, checkList, switchField } from '../form-dialog.js';
import { loaded, orElse } from '../loading.js';
import { textField } from '../login-form.js';
import { may, meet } from '../visitor.js';
import { icon, lead, nothing, rich } from '../parts.js';
import { peoplePlaces } from '../people-places.js';
import { link } from '../router.js';
import { Rows } from '../rows.js';
import { toast } from '../toasts.js';
import { h, reactive, ref } from '../vue.js';
import { listOf, say } from '../words/words.js';

const shownName = (user) => (user.full_name ? `${user.full_name} (${user.name})` : user.name);

export default {
  setup() {
    const known = loaded(async () => {
      await meet();
      const [{ projects: list }, { managers }, people] = await Promise.all([projects.all(), server.managers(), may('manage-users') ? users.all() : null]);
      return { list, managers, people: people?.users ?? [] };
    });
    /** What the open form is about; with an empty id a new one. */
    const form = ref(null);
    document.title = say('projects.title');
    void known.reload();

    const open = ({ id = '', name = '', first = false, open_to_all: all = false, members = [], managers = [] }) => {
      form.value = reactive({ id, name, first, open: all, members: new Set(members), managers: new Set(managers) });
    };

    async function send() {
      const { id, name, open: all, members, managers } = form.value;
      const content = { name: name.trim(), open_to_all: all, members: [...members], managers: [...managers] };
      await (id === '' ? projects.make(content) : projects.change(id, content));
      toast(say(id === '' ? 'projects.made' : 'projects.changed', { name: content.name }));
      await known.reload();
    }

    async function remove({ id, name }) {
      form.value = null;
      if (await confirmed({ title: say('projects.remove.title', { name }), text: say('projects.remove.loss'), button: say('projects.remove') })) {
        try {
          await projects.remove(id);
          toast(say('projects.removed', { name }));
          await known.reload();
        } catch (error) {
          toast(error.message, { failed: true });
        }
      }
    }

    const dialog = (project, { managers, people }) => h(FormDialog, {
      key: project.id, title: project.id === '' ? say('projects.make') : say('users.edit', { name: project.name }), button: say(project.id === '' ? 'projects.makeIt' : 'users.save'), send, onClose: () => { form.value = null; },
    }, {
      default: () => [
        textField('project-name', say('projects.name'), project.name, { autofocus: true, maxlength: 128 }, (value) => { project.name = value; }),
        switchField(say('projects.open'), project.open, (value) => { project.open = value; }, say('projects.openHint')),
        project.open ? null : checkList(say('projects.members'), people.map((user) => [user.id, shownName(user)]), project.members, (chosen) => { project.members = chosen; }, say('projects.membersHint')),
        managers.length === 0 ? null : checkList(say('nav.managers'), managers.map(({ id, name }) => [id, name]), project.managers, (chosen) => { project.managers = chosen; }, say('projects.managersHint')),
      ],
      ...(project.id === '' || project.first ? {} : { more: () => [h('button', { class: 'btn', 'data-kind': 'danger', type: 'button', onClick: () => remove(project) }, say('projects.remove'))] }),
    });

    return () => h('div', [
      orElse(known, (value) => h('div', [
        lead({
          sentence: rich('projects.sentence', { n: value.list.length, closed: value.list.filter((project) => !project.open_to_all).length }),
          under: say('projects.under'),
          actions: may('manage-projects') ? [h('button', { class: 'btn', 'data-kind': 'primary', type: 'button', onClick: () => open({}) }, [icon('plus'), say('projects.make')])] : [],
        }),
        peoplePlaces(),
        value.list.length === 0
          ? h('div', { class: 'sheet' }, [nothing('jobs', say('projects.none'), say('projects.noneHint'))])
          : h(Rows, { columns: columns(), rows: value.list, label: say('projects.title'), cells: (project) => row(project, value, open), open: may('manage-projects') ? open : null }),
      ])),
      form.value && known.state.value ? dialog(form.value, known.state.value) : null,
    ]);
  },
};

const columns = () => [{ word: say('projects.name') }, { word: say('projects.who') }, { word: say('projects.where') }, ...(may('manage-projects') ? [{ word: h('span', { class: 'hidden-visually' }, say('users.change')) }] : [])];

function row(project, { managers, people }, open) {
  const names = (ids, things) => ids.map((id) => things.find((thing) => thing.id === id)).filter((thing) => thing).map((thing) => thing.full_name || thing.name);
  const members = names(project.members, people);
  const where = names(project.managers, managers);
  return {
    properties: { 'data-project': project.name },
    cells: [
      h('th', { scope: 'row' }, [h('span', { class: 'two' }, [link(`/jobs?q=${encodeURIComponent(project.name)}`, project.name), h('span', project.first ? say('projects.first') : '')])]),
      h('td', { class: 'card-line' }, [h('span', { class: 'two' }, [
        h('span', { class: 'st', 'data-family': project.open_to_all ? 'done' : 'rest' }, [icon(project.open_to_all ? 'completed' : 'lock'), say(project.open_to_all ? 'projects.isOpen' : 'projects.isClosed', { n: project.members.length })]),
        h('span', { class: 'clip why' }, project.open_to_all || members.length === 0 ? '' : listOf(members)),
      ])]),
      h('td', { class: 'card-line' }, where.length === 0 ? say('projects.anyManager') : listOf(where)),
      ...(may('manage-projects') ? [h('td', { class: 'right card-end' }, [h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': say('users.edit', { name: project.name }), onClick: () => open(project) }, say('users.change'))])] : []),
    ],
  };
}
