/** Which view belongs to the address, without loading the page anew. */
import { h, reactive, createApp } from '../../vendor/vue/vue.runtime.esm-browser.prod.js';
import { connect } from './bus.js';
import { nothing, rememberedTheme, shell } from './parts.js';
import { language, say } from './words/words.js';

const place = reactive({ path: location.pathname });

function go(event) {
  const link = event.currentTarget;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0 || link.origin !== location.origin) {
    return;
  }
  event.preventDefault();
  history.pushState(null, '', link.href);
  place.path = location.pathname;
  document.getElementById('main')?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

addEventListener('popstate', () => {
  place.path = location.pathname;
});

/** A link within the application. */
export const link = (href, content, properties = {}) => h('a', { href, onClick: go, ...properties }, content);

/** Starts the application; a route is `{ pattern, view, tab }`, and the groups of the pattern are the view's properties. */
export function start({ role, tabs, routes, brand }) {
  document.documentElement.lang = language;
  rememberedTheme();
  connect();
  createApp({
    render() {
      const found = routes.map((route) => ({ route, match: route.pattern.exec(place.path) })).find(({ match }) => match);
      const content = found
        ? h(found.route.view, { ...found.match.groups, key: place.path })
        : nothing('search', say('page.notFound'));
      return shell({ name: brand.name, share: brand.share, role, tabs, current: found?.route.tab, go }, [content]);
    },
  }).mount('#app');
}
