/** The latest picture: a newer one fades in when it has arrived, and one that is overtaken meanwhile is skipped. */
import { clock } from '../clock.js';
import { nothing, panel } from '../parts.js';
import { link } from '../router.js';
import { h, ref, watch } from '../vue.js';
import { ago, say } from '../words/words.js';

const Picture = {
  props: { latest: { type: Object, required: true }, alt: { type: String, required: true } },
  setup(props) {
    const shown = ref(props.latest.url);
    const next = ref(null);
    watch(() => props.latest.url, (url) => {
      const image = new Image();
      image.onload = () => {
        if (url === props.latest.url) {
          next.value = url;
        }
      };
      image.src = url;
    });
    const settled = () => {
      shown.value = next.value ?? shown.value;
      next.value = null;
    };
    return () => h('span', { class: 'fade-box' }, [
      h('img', { key: shown.value, src: shown.value, alt: props.alt, width: 1920, height: 1080, 'data-latest-image': '' }),
      next.value ? h('img', { key: next.value, class: 'fades-in', src: next.value, alt: '', onAnimationend: settled, onAnimationcancel: settled }) : null,
    ]);
  },
};

/** The picture with what it shows, or what would be here. */
export const latestPicture = (latest) => (latest
  ? h('figure', { class: 'well' }, [
    link('/latest-image', [h(Picture, { latest, alt: say('image.alt') })], { 'aria-label': say('image.large') }),
    h('figcaption', { class: 'well-foot' }, [
      latest.task_id ? link(`/tasks/${latest.task_id}/log`, say('image.task')) : h('span', say('image.title')),
      h('span', { class: 'push num' }, ago(latest.produced_at, clock.now)),
    ]),
  ])
  : panel(say('image.title'), nothing('picture', say('image.none'), say('image.noneHint')), { id: 'image-title' }));

export { Picture };
