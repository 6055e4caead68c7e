/** What the pages use of Vue. Render functions only: the runtime has no template compiler, and the pages' policy forbids one. */
export {
  computed, createApp, h, nextTick, onMounted, onUnmounted, reactive, ref, shallowReactive, shallowRef, triggerRef, watch,
} from '../../vendor/vue/vue.runtime.esm-browser.prod.js';
