/** The focus is not lost when what has it leaves the page, as a button does whose action is done: the page's content gets it. */

/** Looks after the focus from now on. */
export function keepFocus() {
  let last = null;
  document.addEventListener('focusin', ({ target }) => { last = target; });
  const gone = () => last !== null && !last.isConnected && document.activeElement === document.body;
  new MutationObserver(() => {
    if (gone()) {
      document.getElementById('main')?.focus({ preventScroll: true });
    }
  }).observe(document.body, { childList: true, subtree: true });
}
