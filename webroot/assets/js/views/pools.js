/** Pools of workers that grow and shrink: how large each is, and the dialog that gives one another size. */
import { manager } from '../api.js';
import { every, loaded, untilGone } from '../loading.js';
import { may } from '../me.js';
import { modal } from '../modal.js';
import { order } from '../out-of-contact.js';
import { icon, panel } from '../parts.js';
import { toast } from '../toasts.js';
import { h, reactive, ref } from '../vue.js';
import { say } from '../words/words.js';

const LOOK_AGAIN_MS = 5000;
const MOST = 10_000;
/** A machine of its own cannot be taken away by anybody. */
const ONLY_DEDICATED = ['local-process'];
const KINDS = ['dedicatedNodes', 'lowPriorityNodes'];

const sum = (size) => size.dedicatedNodes + size.lowPriorityNodes;
const kindsOf = (platform) => (ONLY_DEDICATED.includes(platform) ? KINDS.slice(0, 1) : KINDS);
const steady = (pool) => pool.state === 'active' && pool.allocationState === 'steady';

/** Says how large a pool is, and what it is on its way to. */
const sizeOf = (pool) => say('pools.size', { state: pool.state === 'deleting' ? 'deleting' : pool.allocationState, now: sum(pool.currentSize), wanted: sum(pool.desiredSize) });

/** How much of it may go at any time. */
const split = ({ currentSize: { dedicatedNodes, lowPriorityNodes } }) => (lowPriorityNodes > 0 ? ` (${say('pools.split', { dedicated: dedicatedNodes, low: lowPriorityNodes })})` : '');

const Resize = {
  props: { platform: { type: String, required: true }, pool: { type: Object, required: true } },
  emits: ['close', 'done'],
  setup({ platform, pool }, { emit }) {
    const form = reactive({ ...pool.desiredSize, busy: false, wrong: '' });
    async function send(event) {
      event.preventDefault();
      Object.assign(form, { busy: true, wrong: '' });
      try {
        await manager.resizePool(platform, pool.ID, { dedicatedNodes: form.dedicatedNodes, lowPriorityNodes: form.lowPriorityNodes });
        toast(say('pools.resized', { pool: pool.ID, n: sum(form) }));
        emit('done');
      } catch (error) {
        form.wrong = error.quiet ? '' : error.message;
      } finally {
        form.busy = false;
      }
    }
    const number = (kind, index) => h('div', { class: 'field' }, [
      h('label', { for: `pool-${kind}` }, say(`pools.${kind}`)),
      h('input', { class: 'input num', id: `pool-${kind}`, type: 'number', min: 0, max: MOST, step: 1, required: true, autofocus: index === 0, value: form[kind], onInput: (event) => { form[kind] = event.target.valueAsNumber; } }),
    ]);
    return () => h('dialog', { class: 'dialog', 'aria-labelledby': 'resize-title', ...modal, onClose: () => emit('close') }, [
      h('h2', { id: 'resize-title' }, say('pools.resizeTitle', { pool: pool.ID, platform })),
      h('p', sizeOf(pool)),
      h('form', { class: 'form', onSubmit: send }, [
        ...kindsOf(platform).map(number),
        form.wrong ? h('p', { class: 'wrong', role: 'alert' }, form.wrong) : null,
        h('div', { class: 'row' }, [
          h('button', { class: 'btn', type: 'button', onClick: () => emit('close') }, say('pools.keep')),
          h('button', order({ class: 'btn', 'data-kind': 'primary', type: 'submit', disabled: form.busy }), say('pools.resize')),
        ]),
      ]),
    ]);
  },
};

/** Nothing, where the settings name no pool. */
export const Pools = {
  setup() {
    const pools = loaded(manager.pools);
    const resizing = ref(null);
    const there = () => (pools.state.value?.platforms.length ?? 0) > 0;
    void pools.reload();
    untilGone(every(LOOK_AGAIN_MS, () => { if (there()) { void pools.reload(); } }));

    const row = (platform, pool) => h('li', { key: pool.ID, 'data-pool': pool.ID }, [
      h('div', [
        h('span', { class: 'two' }, [h('strong', pool.vmSize ? `${pool.ID}, ${pool.vmSize}` : pool.ID), h('span', [sizeOf(pool), split(pool)])]),
        pool.resizeError ? h('p', { class: 'wrong' }, [icon('error'), h('span', pool.resizeError)]) : null,
      ]),
      may('wrangler') && steady(pool)
        ? h('button', { class: 'btn', 'data-size': 'small', type: 'button', 'aria-label': say('pools.resizeIt', { pool: pool.ID }), onClick: () => { resizing.value = { platform, pool }; } }, say('pools.resize'))
        : null,
    ]);
    const list = ({ name, pools: byId }) => [
      h('h3', { class: 'small quiet' }, name),
      Object.keys(byId).length === 0 ? h('p', { class: 'small quiet' }, say('pools.none')) : h('ul', { class: 'ledgerlist' }, Object.values(byId).map((pool) => row(name, pool))),
    ];
    const done = () => {
      resizing.value = null;
      void pools.reload();
    };
    return () => (there() ? [
      panel(say('pools.title'), h('div', { class: 'panel-body pools' }, pools.state.value.platforms.flatMap(list)), { id: 'pools-title', aside: pools.state.value.is_refreshing ? say('pools.looking') : '' }),
      resizing.value ? h(Resize, { ...resizing.value, onClose: () => { resizing.value = null; }, onDone: done }) : null,
    ] : null);
  },
};
