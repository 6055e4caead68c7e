/** The Managers that are linked to this Server, whether they are heard, and how another one is linked. */
import { server } from '../api.js';
import { onContact } from '../bus.js';
import { clock } from '../clock.js';
import { confirmed } from '../confirm.js';
import { FormDialog } from '../form-dialog.js';
import { copy, every, loaded, orElse, untilGone } from '../loading.js';
import { textField } from '../login-form.js';
import { may } from '../visitor.js';
import { icon, lead, nothing, panel, rich } from '../parts.js';
import { link } from '../router.js';
import { Rows } from '../rows.js';
import { toast } from '../toasts.js';
import { h, reactive, ref } from '../vue.js';
import { ago, count, listOf, say } from '../words/words.js';

const EVERY_MS = 15_000;
const MOST_NAME = 128;
const MOST_DESCRIPTION = 1024;

export default {
  setup() {
    const managers = loaded(async () => (await server.managers()).managers);
    document.title = say('managers.title');
    void managers.reload();
    untilGone(onContact(managers.reload), every(EVERY_MS, managers.reload));

    /** The Manager that the open form is about. */
    const form = ref(null);
    const edit = ({ id, name, description }) => { form.value = reactive({ id, name, description: description ?? '' }); };
    async function send() {
      const { id, name, description } = form.value;
      await server.changeManager(id, { name: name.trim(), description: description.trim() });
      toast(say('users.changed', { name: name.trim() }));
      await managers.reload();
    }
    const dialog = (manager) => h(FormDialog, { key: manager.id, title: say('managers.edit'), button: say('users.save'), send, onClose: () => { form.value = null; } }, () => [
      textField('manager-name', say('login.name'), manager.name, { autofocus: true, maxlength: MOST_NAME }, (text) => { manager.name = text; }),
      textField('manager-about', say('managers.description'), manager.description, { required: false, maxlength: MOST_DESCRIPTION }, (text) => { manager.description = text; }),
    ]);

    async function revoke({ id, name }) {
      if (await confirmed({ title: say('managers.revoke.title', { name }), text: say('managers.revoke.loss'), button: say('managers.revoke') })) {
        try {
          await server.revokeManager(id);
          toast(say('managers.revoked', { name }));
          await managers.reload();
        } catch (error) {
          toast(error.message, { failed: true });
        }
      }
    }

    return () => orElse(managers, (list) => h('div', [
      lead({ sentence: rich('managers.sentence', { n: list.length, workers: list.reduce((sum, manager) => sum + Math.max(0, manager.nr_of_workers ?? 0), 0), silent: list.filter(({ silent }) => silent).length }) }),
      h('div', { class: 'split' }, [
        h('div', { class: 'main' }, [list.length === 0
          ? h('div', { class: 'sheet' }, [nothing('gear', say('managers.none'), say('managers.noneHint'))])
          : h(Rows, { columns: columns(), rows: list, label: say('managers.title'), cells: (manager) => row(manager, edit, revoke), open: (manager) => { location.href = manager.url; } })]),
        h('aside', { class: 'side', 'aria-label': say('managers.link') }, [linking()]),
      ]),
      form.value ? dialog(form.value) : null,
    ]));
  },
};

const columns = () => [
  { word: say('managers.name') }, { word: say('managers.heard') }, { word: say('managers.workers'), kind: 'right' }, { word: say('managers.types'), kind: 'wide' },
  ...(may('manage-managers') ? [{ word: h('span', { class: 'hidden-visually' }, say('workers.actions')) }] : []),
];

const row = (manager, edit, revoke) => ({
  properties: { 'data-manager-id': manager.id, 'data-dim': manager.silent ? '' : undefined },
  cells: [
    h('th', { scope: 'row' }, [h('span', { class: 'two' }, [manager.url ? h('a', { href: manager.url }, manager.name) : h('span', manager.name), h('span', [manager.description, manager.url].filter((part) => part).join(', '))])]),
    h('td', { class: 'card-line' }, [h('span', { class: 'two' }, [stateOf(manager), h('span', { class: 'num' }, ago(manager.heard, clock.now))])]),
    h('td', { class: 'num right' }, manager.nr_of_workers >= 0 ? link(`/workers?manager=${manager.id}`, [count(manager.nr_of_workers), h('span', { class: 'only-card' }, ` ${say('managers.workers').toLowerCase()}`)]) : say('when.never')),
    h('td', { class: 'wide' }, listOf(manager.worker_task_types ?? [])),
    ...(may('manage-managers') ? [h('td', { class: 'right card-end' }, [
      button(say('users.change'), say('managers.change', { name: manager.name }), () => edit(manager)), ' ',
      button(say('managers.revoke'), say('managers.revoke.title', { name: manager.name }), () => revoke(manager)),
    ])] : []),
  ],
});

const button = (word, label, act) => h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': label, onClick: act }, word);

const stateOf = ({ silent }) => (silent
  ? h('span', { class: 'st', 'data-family': 'heal' }, [icon('no-contact'), say('managers.silent')])
  : h('span', { class: 'st', 'data-family': 'done' }, [icon('contact'), say('managers.calls')]));

/** A link is begun by the Manager, since only it knows the secret that proves who it is. */
const linking = () => panel(say('managers.link'), h('div', { class: 'panel-body link-steps' }, [
  h('ol', [
    h('li', [h('p', say('managers.step.start')), h('p', { class: 'command' }, [h('code', 'flamenco manager')])]),
    h('li', [h('p', say('managers.step.enter')), h('p', { class: 'command' }, [
      h('code', { 'data-server-url': '' }, `${location.origin}/`),
      h('button', { class: 'btn', 'data-size': 'small', type: 'button', onClick: () => copy(`${location.origin}/`) }, say('page.copy')),
    ])]),
    h('li', [h('p', say('managers.step.choose'))]),
  ]),
  h('p', { class: 'quiet small' }, say('managers.again')),
]), { id: 'link-title' });
