/** A button with more actions under it. Closes when one is chosen, with Escape, and when the focus leaves or the page moves. */
import { order } from './out-of-contact.js';
import { h, onUnmounted, ref } from './vue.js';
import { icon } from './parts.js';

const GAP_PX = 4;

export const Menu = {
  props: {
    label: { type: String, required: true },
    /** The icon that stands for the label, where there is no room for words. */
    sign: { type: String, default: null },
    /** `{ icon, word, act }` each, with `action` when it changes something on the farm, or a function that answers them once the list opens. */
    items: { type: [Array, Function], required: true },
    /** What is written above the actions. */
    head: { type: String, default: null },
    /** The icon before the label, where it is written out. */
    before: { type: String, default: null },
  },
  setup(props) {
    const open = ref(false);
    const box = ref(null);
    const opener = () => box.value.querySelector('button');
    function close() {
      open.value = false;
      removeEventListener('scroll', close, { capture: true });
    }
    /** The list floats above everything, so that no table cuts it off: below the button, or above it where there is no room. */
    function place({ el }) {
      el.showPopover();
      const anchor = opener().getBoundingClientRect();
      const below = anchor.bottom + GAP_PX + el.offsetHeight <= innerHeight;
      el.style.top = `${Math.max(0, below ? anchor.bottom + GAP_PX : anchor.top - GAP_PX - el.offsetHeight)}px`;
      el.style.left = `${Math.max(GAP_PX, anchor.right - el.offsetWidth)}px`;
      el.querySelector('button')?.focus({ preventScroll: true });
      addEventListener('scroll', close, { capture: true });
    }
    function key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === 'Escape' && open.value) {
        close();
        opener().focus();
        event.preventDefault();
      } else if (step && open.value) {
        const items = [...box.value.querySelectorAll('[role=menuitem]')];
        items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
        event.preventDefault();
      }
    }
    const left = (event) => {
      if (!box.value?.contains(event.relatedTarget)) {
        close();
      }
    };
    function choose(item) {
      opener().focus();
      close();
      item.act();
    }
    onUnmounted(close);
    const items = () => (typeof props.items === 'function' ? props.items() : props.items);
    const button = () => h('button', {
      class: 'btn', type: 'button', 'data-kind': props.sign ? 'plain' : undefined, 'data-size': props.sign ? 'icon' : undefined,
      'aria-label': props.sign ? props.label : undefined, 'aria-haspopup': 'menu', 'aria-expanded': String(open.value), onClick: () => { open.value = !open.value; },
    }, props.sign ? [icon(props.sign)] : [props.before ? icon(props.before) : null, h('span', props.label), icon('down')]);
    const action = (item) => {
      const properties = { class: 'btn', 'data-kind': 'plain', type: 'button', role: 'menuitem', onClick: () => choose(item) };
      return h('button', item.action ? order(properties) : properties, [icon(item.icon), item.word]);
    };
    return () => h('div', { class: 'menu', ref: box, onKeydown: key, onFocusout: left }, [
      button(),
      open.value ? h('div', { class: 'menu-list', popover: 'manual', onVnodeMounted: place }, [
        props.head ? h('p', { class: 'menu-head' }, props.head) : null,
        h('div', { role: 'menu', 'aria-label': props.label }, items().map(action)),
      ]) : null,
    ]);
  },
};
