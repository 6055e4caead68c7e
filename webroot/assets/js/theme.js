/** Light, dark, or as the system has it; the choice is kept on this browser. */
const root = document.documentElement;
const CHOICES = ['system', 'light', 'dark'];

export const theme = () => root.dataset.theme ?? 'system';

function apply(choice) {
  if (choice === 'light' || choice === 'dark') {
    root.dataset.theme = choice;
  } else {
    delete root.dataset.theme;
  }
}

/** Goes on to the next choice. */
export function nextTheme() {
  const next = CHOICES[(CHOICES.indexOf(theme()) + 1) % CHOICES.length];
  apply(next);
  localStorage.setItem('theme', next);
}

apply(localStorage.getItem('theme'));
