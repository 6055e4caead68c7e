/** One tick a second for everything that says how long ago something was. */
import { reactive } from './vue.js';

export const clock = reactive({ now: Date.now() });

setInterval(() => {
  if (!document.hidden) {
    clock.now = Date.now();
  }
}, 1000);
