/** The whole log of a task by way of the Server, which asks its Manager for it: for a browser that does not reach the Manager. */
import { server } from '../api.js';
import { icon } from '../parts.js';
import { toast } from '../toasts.js';
import { h, ref } from '../vue.js';
import { untilGone } from '../loading.js';
import { say } from '../words/words.js';

const LOOK_MS = 2000;
const PATIENCE_MS = 60_000;

export const WholeLog = {
  props: { task: { type: String, required: true } },
  setup(props) {
    const asking = ref(false);
    let gone = false;
    untilGone(() => { gone = true; });

    /** Whether it came before the patience ran out; the Manager hears of the wish with its next report. */
    async function came() {
      for (const until = Date.now() + PATIENCE_MS; Date.now() < until && !gone;) {
        if (await server.hasLog(props.task)) {
          return true;
        }
        await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
      }
      return false;
    }
    async function fetchIt() {
      asking.value = true;
      try {
        await server.requestLog(props.task);
        if (await came()) {
          location.assign(server.logOf(props.task));
        } else if (!gone) {
          toast(say('log.notCome'), { failed: true });
        }
      } catch (error) {
        if (!error.quiet) {
          toast(error.message, { failed: true });
        }
      } finally {
        asking.value = false;
      }
    }
    return () => h('button', { class: 'btn', 'data-size': 'small', type: 'button', disabled: asking.value, onClick: fetchIt }, [icon('download'), say(asking.value ? 'log.asking' : 'log.download')]);
  },
};
