/** The last pictures that the tasks of a job made: one large, all as a strip, and one after the other as a film. */
import { server } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { clock } from '../clock.js';
import { loaded, untilGone } from '../loading.js';
import { bindHere } from '../keys.js';
import { filled, inOrder, placesOf, taskOf } from '../model/film.js';
import { icon } from '../parts.js';
import { look } from '../status.js';
import { computed, h, nextTick, ref } from '../vue.js';
import { ago, say, statusWord } from '../words/words.js';

const MOST = 48;
const FILM_MS = 125;

/** Whether the space bar belongs to what has the focus. */
const onControl = () => !['BODY', 'MAIN'].includes(document.activeElement.tagName);

const written = (frame) => String(frame).padStart(4, '0');
const label = (picture) => (picture.frame === null ? say('frames.still') : say('frames.frame', { frame: written(picture.frame) }));

export const JobPictures = {
  props: {
    job: { type: String, required: true },
    choose: { type: Function, required: true },
    /** The frames of the job, as its settings say them. */
    frames: { type: String, default: '' },
    /** Its tasks as they were fetched, of which only ids and names count. */
    tasks: { type: Array, required: true },
    /** A task as it is now, by its id. */
    find: { type: Function, required: true },
  },
  setup(props) {
    const all = loaded(async () => (await server.pictures(props.job)).pictures);
    const strip = computed(() => inOrder(all.state.value ?? []));
    const places = computed(() => placesOf(props.frames));
    const makers = computed(() => new Map(places.value.frames.map((frame) => [frame, taskOf(frame, props.tasks)?.id])));
    const nameOf = (task) => props.find(task)?.name ?? '';
    const chosen = ref('');
    const playing = ref(null);
    const box = ref(null);
    const shown = computed(() => strip.value.find(({ url }) => url === chosen.value) ?? all.state.value.at(-1));
    void all.reload();

    function stop() {
      clearInterval(playing.value);
      playing.value = null;
    }
    function step(by) {
      const at = strip.value.indexOf(shown.value);
      chosen.value = strip.value[(at + by + strip.value.length) % strip.value.length].url;
    }
    function play() {
      if (playing.value === null) {
        playing.value = setInterval(() => step(1), FILM_MS);
      } else {
        stop();
      }
    }
    function pick(picture) {
      stop();
      chosen.value = picture.url;
      props.choose({ id: picture.task });
    }
    /** Left and right within the strip; the chosen picture is the one that Tab comes to. */
    async function key(event) {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) {
        event.preventDefault();
        stop();
        step(by);
        await nextTick();
        box.value.querySelector('[aria-pressed=true]')?.focus();
      }
    }
    bindHere([{ keys: 'Space', word: 'keys.play', act: () => (strip.value.length > 1 && !onControl() ? play() : false) }]);
    untilGone(stop, onContact(all.reload), hear(topics.jobPicture, (fact) => {
      if (fact.job_id === props.job) {
        all.state.value = [...all.state.value ?? [], { url: fact.url, task: fact.task_id, frame: fact.frame ?? null, at: fact.taken_at }].slice(-MOST);
      }
    }));

    const cell = (picture) => h('button', {
      key: picture.url, type: 'button', 'aria-pressed': String(picture === shown.value), tabindex: picture === shown.value ? 0 : -1, 'aria-label': `${label(picture)}, ${nameOf(picture.task)}`, onClick: () => pick(picture),
    }, [h('img', { src: picture.url, alt: '', width: 160, height: 90, loading: 'lazy' }), picture.frame === null ? null : h('span', written(picture.frame))]);

    /** The place of a frame that has no picture: how far its task is. */
    function gap(frame) {
      const { status = '' } = props.find(makers.value.get(frame)) ?? {};
      return h('div', { key: `frame-${frame}`, class: 'frame-gap', 'data-gap': frame, role: 'img', 'aria-label': say('frames.none', { frame: written(frame), status: statusWord(status) }) }, [
        status === '' ? null : icon(look(status).icon), h('span', written(frame)),
      ]);
    }
    const told = () => (places.value.step > 1 ? say('frames.every', { n: places.value.step }) : say('frames.last', { n: strip.value.length }));

    return () => (strip.value.length === 0 ? null : h('section', { class: 'pictures', 'aria-labelledby': 'frames-title' }, [
      h('div', { class: 'plain-head' }, [
        h('h2', { id: 'frames-title' }, say('frames.title')), h('span', { class: 'quiet small' }, told()),
        strip.value.length < 2 ? null : h('button', { class: 'btn push', 'data-size': 'small', type: 'button', 'aria-pressed': String(playing.value !== null), onClick: play }, say(playing.value === null ? 'frames.play' : 'frames.stop')),
      ]),
      h('div', { class: 'frames-box' }, [
        h('figure', { class: 'well' }, [
          h('img', { src: shown.value.url, alt: say('frames.alt', { what: label(shown.value) }), width: 480, height: 270, 'data-picture': '' }),
          h('figcaption', { class: 'well-foot' }, [
            h('strong', label(shown.value)), h('span', { class: 'clip' }, nameOf(shown.value.task)), h('span', { class: 'push num' }, ago(shown.value.at, clock.now)),
          ]),
        ]),
        strip.value.length + places.value.frames.length < 2 ? null : h('div', { class: 'frames', role: 'group', 'aria-label': say('frames.title'), ref: box, onKeydown: key }, filled(places.value, strip.value).map(({ frame, picture }) => (picture === null ? gap(frame) : cell(picture)))),
      ]),
    ]));
  },
};
