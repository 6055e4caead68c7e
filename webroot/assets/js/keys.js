/** Which key does what on this page. Single keys are off while somebody is typing. */
import { whyBarred } from './out-of-contact.js';
import { toast } from './toasts.js';
import { onUnmounted, reactive } from './vue.js';

/** What is bound now: `{ keys, word, act }`, later entries before earlier ones. */
export const bound = reactive([]);

let pending = null;
let forgetting = null;

/**
 * Binds keys until the view goes.
 *
 * @param bindings `{ keys, word, act, orders }`: `keys` as in `Ctrl k`, `Shift n`, `g f` or `/`; `word` is the catalogue's key of
 *     what it does; `act` may return false to let the browser have the key; `orders` that it changes something on the farm
 */
export function bind(bindings) {
  bound.unshift(...bindings);
  return () => bindings.forEach((binding) => {
    const place = bound.indexOf(binding);
    if (place >= 0) {
      bound.splice(place, 1);
    }
  });
}

/** Binds keys for as long as the component is there. */
export const bindHere = (bindings) => onUnmounted(bind(bindings));

const typing = (target) => target.isContentEditable || ['SELECT', 'TEXTAREA'].includes(target.tagName)
  || (target.tagName === 'INPUT' && !['checkbox', 'radio', 'button'].includes(target.type));

function nameOf(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (event.key.length > 1 || /[a-z]/i.test(event.key));
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : null, shift ? 'Shift' : null, key === ' ' ? 'Space' : key].filter((part) => part).join(' ');
}

function pressed(event) {
  if (event.defaultPrevented || event.altKey || event.isComposing || document.querySelector('dialog[open]')) {
    return;
  }
  const name = nameOf(event);
  if (typing(event.target) && !name.startsWith('Ctrl') && name !== 'Escape') {
    return;
  }
  const wanted = pending ? `${pending} ${name}` : name;
  pending = null;
  clearTimeout(forgetting);
  const binding = bound.find(({ keys }) => keys === wanted);
  if (binding) {
    if (binding.orders && whyBarred() !== null) {
      toast(whyBarred(), { failed: true });
    } else if (binding.act(event) !== false) {
      event.preventDefault();
    }
  } else if (bound.some(({ keys }) => keys.startsWith(`${name} `)) && !['Ctrl', 'Shift'].includes(name)) {
    pending = name;
    forgetting = setTimeout(() => { pending = null; }, 1500);
  }
}

addEventListener('keydown', pressed);
