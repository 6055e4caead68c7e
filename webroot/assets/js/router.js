/** Which view belongs to the address, without loading the page anew. Every view state that matters is in the address. */
import { computed, h, reactive } from './vue.js';

export const place = reactive({ path: location.pathname, query: location.search, hash: location.hash });

function arrive() {
  Object.assign(place, { path: location.pathname, query: location.search, hash: location.hash });
}

addEventListener('popstate', arrive);
addEventListener('hashchange', arrive);

/** Goes to an address; one of this application is not loaded anew. */
export function goTo(href) {
  if (new URL(href, location.href).origin !== location.origin) {
    location.href = href;
    return;
  }
  history.pushState(null, '', href);
  arrive();
  scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true });
}

/** Follows a link within the application, unless the reader wants it in another tab. */
export function follow(event) {
  const link = event.currentTarget;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || link.origin !== location.origin) {
    return;
  }
  event.preventDefault();
  goTo(link.href);
}

/** A link within the application. */
export const link = (href, content, properties = {}) => h('a', { href, onClick: follow, ...properties }, content);

/** A parameter of the address as something that can be read and set; setting it replaces the entry in the history. */
export const inAddress = (name, usual = '') => computed({
  get: () => new URLSearchParams(place.query).get(name) ?? usual,
  set(value) {
    const query = new URLSearchParams(place.query);
    if (value === usual || value === null) {
      query.delete(name);
    } else {
      query.set(name, value);
    }
    const text = query.size === 0 ? '' : `?${query}`;
    history.replaceState(null, '', `${place.path}${text}${place.hash}`);
    place.query = text;
  },
});

/** The first route whose pattern fits the path, and the groups of the pattern. */
export function routeOf(routes) {
  for (const route of routes) {
    const match = route.pattern.exec(place.path);
    if (match) {
      return { route, properties: { ...match.groups } };
    }
  }
  return null;
}
