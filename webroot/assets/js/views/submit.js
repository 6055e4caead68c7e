/** A new job: a form made from what the job type's settings say of themselves. */
import { server } from '../api.js';
import { loaded, orElse } from '../loading.js';
import { settingsOf, tasksFor, textOf, wrongIn } from '../model/submission.js';
import { order } from '../out-of-contact.js';
import { facts, icon, lead, nothing, panel } from '../parts.js';
import { goTo, inAddress, link } from '../router.js';
import { toast } from '../toasts.js';
import { computed, h, nextTick, reactive, ref, watch } from '../vue.js';
import { count, say } from '../words/words.js';

const LONGEST_NAME = 256;

export default {
  setup() {
    const from = inAddress('from');
    const types = loaded(async () => {
      const [{ job_types: list }, earlier] = await Promise.all([server.jobTypes(), from.value ? server.job(from.value) : null]);
      if (list.length > 0) {
        choose(list.find(({ name }) => name === earlier?.job_type) ?? list[0], earlier?.settings ?? {});
        Object.assign(form, earlier ? { name: earlier.name, earlier: earlier.name, priority: String(earlier.priority) } : {});
      }
      return list;
    });
    const form = reactive({ type: '', name: '', earlier: '', priority: '50', paused: false, texts: {} });
    const tried = ref(false);
    const sending = ref(false);
    const refused = ref('');
    const box = ref(null);

    const type = computed(() => types.state.value?.find(({ name }) => name === form.type));
    const wrong = computed(() => {
      const found = {};
      if (form.name.trim() === '') {
        found.name = { kind: 'missing' };
      }
      const priority = wrongIn({ type: 'integer', required: true, minimum: 1, maximum: 100 }, form.priority);
      if (priority) {
        found.priority = priority;
      }
      for (const setting of type.value?.settings ?? []) {
        const problem = wrongIn(setting, form.texts[setting.name]);
        if (problem) {
          found[setting.name] = problem;
        }
      }
      return found;
    });

    function choose(chosen, earlier) {
      form.type = chosen.name;
      form.texts = Object.fromEntries(chosen.settings.map((setting) => [setting.name, textOf(setting, earlier)]));
    }
    watch(() => form.type, (name) => {
      const chosen = types.state.value?.find((candidate) => candidate.name === name);
      if (chosen) {
        choose(chosen, Object.fromEntries(Object.entries(form.texts).filter(([, text]) => text !== '')));
      }
    });

    async function submit(event) {
      event.preventDefault();
      tried.value = true;
      refused.value = '';
      if (Object.keys(wrong.value).length > 0) {
        await nextTick();
        box.value.querySelector('[aria-invalid=true]')?.focus();
        return;
      }
      sending.value = true;
      try {
        const job = await server.submit({ name: form.name.trim(), job_type: form.type, priority: Number(form.priority), start_paused: form.paused, settings: settingsOf(type.value, form.texts) });
        toast(say('submit.done', { name: job.name }));
        goTo(`/jobs/${job.id}`);
      } catch (error) {
        refused.value = error.quiet ? '' : error.message;
      } finally {
        sending.value = false;
      }
    }

    document.title = say('submit.title');
    void types.reload();

    const show = (name) => (tried.value ? wrong.value[name] : undefined);
    const settingField = (setting) => field({ name: setting.name, label: setting.label || setting.name, hint: setting.help, span: SPANS[setting.type] ?? 6, wrong: show(setting.name) },
      (properties) => control(setting, form.texts[setting.name], (value) => { form.texts[setting.name] = value; }, properties));
    const plain = (name, label, properties, options) => field({ name, label, wrong: show(name), ...options },
      (own) => h('input', { class: 'input', ...own, ...properties, value: form[name], onInput: (event) => { form[name] = event.target.value; } }));

    const formOf = (list) => h('form', { class: 'form', novalidate: true, ref: box, onSubmit: submit }, [
      refused.value || (tried.value && Object.keys(wrong.value).length > 0) ? h('p', { class: 'row wrong form-wrong', role: 'alert' }, [icon('error'), refused.value || say('submit.wrong', { n: Object.keys(wrong.value).length })]) : null,
      part('what', say('submit.what'), [
        plain('name', say('submit.name'), { maxlength: LONGEST_NAME, required: true }, { span: 4 }),
        field({ name: 'type', label: say('submit.type'), span: 6, hint: type.value?.description }, (own) => h('select', { class: 'select', ...own, value: form.type, onChange: (event) => { form.type = event.target.value; } },
          list.map(({ name }) => h('option', { value: name }, name)))),
      ]),
      part('settings', say('submit.settings'), type.value.settings.filter((setting) => setting.required).map(settingField)),
      part('when', say('submit.when'), [
        plain('priority', say('job.priority'), { type: 'number', min: 1, max: 100 }, { span: 2, hint: say('submit.priorityHint') }),
        h('label', { class: 'row field', 'data-span': 4 }, [h('span', { class: 'row' }, [
          h('input', { class: 'switch', type: 'checkbox', role: 'switch', checked: form.paused, onChange: (event) => { form.paused = event.target.checked; } }), say('submit.paused'),
        ])]),
      ]),
      more(type.value.settings.filter((setting) => !setting.required).map(settingField)),
      h('div', { class: 'row' }, [h('button', order({ class: 'btn', 'data-kind': 'primary', type: 'submit', disabled: sending.value }), say(sending.value ? 'submit.sending' : 'submit.send'))]),
    ]);

    return () => h('div', [
      lead({ sentence: say('submit.title'), under: say('submit.under') }),
      orElse(types, (list) => (list.length === 0
        ? h('div', { class: 'sheet' }, [nothing('jobs', say('submit.noTypes'), say('submit.noTypesHint'))])
        : h('div', { class: 'split' }, [formOf(list), h('aside', { class: 'side', 'aria-label': say('submit.plan') }, [plan(type.value, form, from.value)])]))),
    ]);
  },
};

/** How many sixths of the form a setting of that type is wide. */
const SPANS = { integer: 2, number: 2, boolean: 2, frames: 4 };

const part = (name, title, fields) => h('div', { class: 'form-part', role: 'group', 'aria-labelledby': `part-${name}` }, [h('h2', { id: `part-${name}` }, title), h('div', { class: 'fields' }, fields)]);

const more = (fields) => (fields.length === 0 ? null : h('details', { class: 'form-more' }, [
  h('summary', [h('span', { class: 'turn' }, [icon('right')]), say('submit.more', { n: fields.length })]),
  h('div', { class: 'fields' }, fields),
]));

/** A label, the control, its hint, and what is wrong with it. */
function field({ name, label, hint, span = 6, wrong }, makeControl) {
  const described = [hint ? `${name}-hint` : null, wrong ? `${name}-wrong` : null].filter((id) => id).join(' ');
  const properties = { id: name, 'aria-invalid': wrong ? 'true' : undefined, 'aria-describedby': described || undefined };
  return h('div', { class: 'field', key: name, 'data-span': span < 6 ? span : undefined, 'data-bad': wrong ? '' : undefined }, [
    h('label', { for: name }, label),
    makeControl(properties),
    hint ? h('p', { class: 'hint', id: `${name}-hint` }, hint) : null,
    wrong ? h('p', { class: 'wrong', id: `${name}-wrong` }, [icon('error'), h('span', say(`wrong.${wrong.kind}`, wrong))]) : null,
  ]);
}

function control(setting, value, change, properties) {
  const changed = (event) => change(event.target.value);
  if (setting.choices?.length > 0) {
    return h('select', { class: 'select', ...properties, value, onChange: changed }, [
      setting.required ? null : h('option', { value: '' }, ''), ...setting.choices.map((choice) => h('option', { value: choice }, choice)),
    ]);
  }
  switch (setting.type) {
    case 'boolean': return h('input', { class: 'switch', type: 'checkbox', role: 'switch', ...properties, checked: value === true || value === 'true', onChange: (event) => change(event.target.checked) });
    case 'text-list': return h('textarea', { class: 'input', rows: 3, ...properties, value, onInput: changed });
    default: return h('input', { class: setting.type === 'path' ? 'input mono' : 'input', inputmode: { integer: 'numeric', number: 'decimal' }[setting.type], ...properties, value, onInput: changed });
  }
}

const plan = (type, form, from) => {
  const tasks = tasksFor(form.texts.frames, form.texts.chunk_size);
  return panel(say('submit.plan'), h('div', [
    facts([
      [say('submit.type'), type.name],
      [say('submit.tasks'), tasks === null ? say('when.never') : say('submit.tasksFor', { n: tasks, text: count(tasks) })],
      [say('submit.start'), say(form.paused ? 'submit.startPaused' : 'submit.startNow')],
      [say('submit.from'), from ? link(`/jobs/${from}`, form.earlier) : null],
    ]),
  ]), { id: 'plan-title' });
};
