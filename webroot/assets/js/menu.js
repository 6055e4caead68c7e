/** A button with more actions under it. Closes when one is chosen, with Escape, and when the focus leaves. */
import { h, ref } from './vue.js';
import { icon } from './parts.js';

export const Menu = {
  props: {
    label: { type: String, required: true },
    /** `{ icon, word, act }` each. */
    items: { type: Array, required: true },
  },
  setup(props) {
    const open = ref(false);
    const box = ref(null);
    function key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape' && open.value) {
        open.value = false;
        box.value.querySelector('button').focus();
        event.preventDefault();
      } else if (step && open.value) {
        const items = [...box.value.querySelectorAll('[role=menuitem]')];
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
        event.preventDefault();
      }
    }
    const left = (event) => {
      if (!box.value.contains(event.relatedTarget)) {
        open.value = false;
      }
    };
    return () => h('div', { class: 'menu', ref: box, onKeydown: key, onFocusout: left }, [
      h('button', { class: 'btn', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': String(open.value), onClick: () => { open.value = !open.value; } }, [props.label, icon('down')]),
      open.value ? h('div', { class: 'menu-list', role: 'menu' }, props.items.map((item) => h('button', {
        class: 'btn', 'data-kind': 'plain', type: 'button', role: 'menuitem', onClick: () => { open.value = false; item.act(); },
      }, [icon(item.icon), item.word]))) : null,
    ]);
  },
};
