/** The newest picture of a job in small, for lists: fetched once it comes near the view, and in a place that is kept for it. */
import { server } from '../api.js';
import { icon } from '../parts.js';
import { look } from '../status.js';
import { h, ref, watch } from '../vue.js';

export const JobThumb = {
  props: {
    job: { type: String, required: true },
    /** What stands in for a picture is the sign of it. */
    status: { type: String, required: true },
    /** The address of a picture that came since the list was opened. */
    newer: { type: String, default: undefined },
  },
  setup(props) {
    const none = ref(false);
    const there = ref(false);
    watch(() => props.newer, () => { none.value = false; });
    return () => h('span', { class: 'thumb' }, [none.value
      ? icon(look(props.status).icon)
      : h('img', {
        src: props.newer ?? server.latestPicture(props.job), alt: '', width: 64, height: 36, loading: 'lazy', decoding: 'async', 'data-there': there.value ? '' : undefined,
        onLoad: () => { there.value = true; }, onError: () => { none.value = true; },
      })]);
  },
};
