/**
 * The icons, put into the page once: so they are there when the role is not, and a list of thousands of rows does not ask
 * for a file with each.
 */
const FILE = '/assets/icons.svg';

/** The name of an icon within the page. */
export const nameOf = (name) => `#icon-${name}`;

/** Fetches the icons and puts them into the page. */
export async function loadIcons() {
  const text = await (await fetch(FILE)).text();
  const sprite = document.adoptNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement);
  sprite.querySelectorAll('symbol').forEach((symbol) => { symbol.id = nameOf(symbol.id).slice(1); });
  sprite.setAttribute('class', 'sprite');
  sprite.setAttribute('aria-hidden', 'true');
  document.body.append(sprite);
}
