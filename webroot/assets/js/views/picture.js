/** The latest picture, as large as the window. */
import { manager } from '../api.js';
import { hear, onContact, topics } from '../bus.js';
import { loaded, orElse, untilGone } from '../loading.js';
import { nothing } from '../parts.js';
import { link } from '../router.js';
import { h } from '../vue.js';
import { say } from '../words/words.js';
import { Picture } from './latest-picture.js';

export default {
  setup() {
    const farm = loaded(manager.farm);
    document.title = say('image.title');
    void farm.reload();
    untilGone(onContact(farm.reload), hear(topics.latestImage, (fact) => {
      if (farm.state.value) {
        farm.state.value = { ...farm.state.value, latest_image: fact };
      }
    }));
    return () => orElse(farm, ({ latest_image: latest }) => h('div', { class: 'full-picture' }, [
      h('h1', { class: 'hidden-visually' }, say('image.title')),
      latest ? link('/', [h(Picture, { latest, alt: say('image.alt') })], { 'aria-label': say('image.back') }) : nothing('picture', say('image.none'), say('image.noneHint')),
    ]));
  },
};
