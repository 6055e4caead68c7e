/** The button that has the Manager fetch tasks now, and says how many came. */
import { manager } from '../api.js';
import { order } from '../out-of-contact.js';
import { icon } from '../parts.js';
import { toast } from '../toasts.js';
import { h, ref } from '../vue.js';
import { say } from '../words/words.js';

/** The Manager answers before it has asked the Server. */
const ARRIVE_WITHIN_MS = 1500;
const TOLD_FOR_MS = 3000;

const after = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

export const Kick = {
  props: {
    /** How many tasks the Manager holds. */
    tasks: { type: Number, required: true },
    /** Counts them anew. */
    reload: { type: Function, required: true },
  },
  setup(props) {
    const state = ref('ready');
    const came = ref(0);
    async function act() {
      const before = props.tasks;
      state.value = 'busy';
      try {
        await manager.kick();
        await after(ARRIVE_WITHIN_MS);
        await props.reload();
        came.value = Math.max(0, props.tasks - before);
        state.value = 'done';
        await after(TOLD_FOR_MS);
      } catch (error) {
        if (!error.quiet) {
          toast(error.message, { failed: true });
        }
      } finally {
        state.value = 'ready';
      }
    }
    const word = () => ({ ready: say('farm.kick'), busy: say('farm.kicking'), done: say('farm.kicked', { n: came.value }) })[state.value];
    return () => h('button', order({ class: 'btn', type: 'button', 'aria-disabled': state.value === 'ready' ? undefined : 'true', onClick: () => { if (state.value === 'ready') { void act(); } } }), [icon('kick'), h('span', { role: 'status' }, word())]);
  },
};
