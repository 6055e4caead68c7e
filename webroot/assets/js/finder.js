/** The find box: pages and things by name, reached with Ctrl K from everywhere. */
import { computed, h, onMounted, ref, watch } from './vue.js';
import { icon } from './parts.js';
import { goTo } from './router.js';
import { say } from './words/words.js';

const MOST = 12;
const PAUSE_MS = 150;

export const Finder = {
  props: {
    pages: { type: Array, required: true },
    /** What fits a text: `(text) => Promise` of `{ icon, text, hint, href }`. */
    find: { type: Function, required: true },
  },
  emits: ['close'],
  setup(props, { emit }) {
    const text = ref('');
    const things = ref([]);
    const chosen = ref(0);
    const dialog = ref(null);
    let latest = 0;
    let waiting = null;

    const pages = computed(() => props.pages
      .map((page) => ({ icon: page.icon, text: say(page.word), hint: say('find.page'), href: page.href }))
      .filter((page) => page.text.toLowerCase().includes(text.value.trim().toLowerCase())));
    const results = computed(() => [...pages.value, ...things.value].slice(0, MOST));

    async function search() {
      const mine = ++latest;
      const found = text.value.trim() === '' ? [] : await props.find(text.value.trim()).catch(() => []);
      if (mine === latest) {
        things.value = found;
      }
    }
    watch(text, () => {
      chosen.value = 0;
      clearTimeout(waiting);
      waiting = setTimeout(search, PAUSE_MS);
    });
    onMounted(() => dialog.value.showModal());

    function go(result) {
      dialog.value.close();
      if (result) {
        goTo(result.href);
      }
    }
    function key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && results.value.length > 0) {
        event.preventDefault();
        chosen.value = (chosen.value + step + results.value.length) % results.value.length;
      } else if (event.key === 'Enter') {
        event.preventDefault();
        go(results.value[chosen.value]);
      }
    }

    return () => h('dialog', { class: 'dialog finder', ref: dialog, 'aria-label': say('find.open'), onClose: () => emit('close') }, [
      h('input', {
        class: 'input', type: 'search', role: 'combobox', autofocus: true, placeholder: say('find.hint'), 'aria-label': say('find.hint'), maxlength: 200,
        'aria-expanded': 'true', 'aria-controls': 'finder-results', 'aria-activedescendant': results.value.length > 0 ? `found-${chosen.value}` : undefined,
        value: text.value, onInput: (event) => { text.value = event.target.value; }, onKeydown: key,
      }),
      results.value.length === 0 ? h('p', { class: 'quiet', id: 'finder-results' }, say('find.none', { text: text.value })) : h('ul', { id: 'finder-results', role: 'listbox', 'aria-label': say('find.open') },
        results.value.map((result, index) => h('li', {
          id: `found-${index}`, role: 'option', 'aria-selected': String(index === chosen.value), onClick: () => go(result), onMousemove: () => { chosen.value = index; },
        }, [icon(result.icon), h('span', { class: 'clip' }, result.text), h('span', { class: 'push quiet small' }, result.hint)]))),
    ]);
  },
};
