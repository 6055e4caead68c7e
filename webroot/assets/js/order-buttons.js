/** Actions as a page offers them: the first few as buttons, the others one step away. */
import { Menu } from './menu.js';
import { order } from './out-of-contact.js';
import { icon } from './parts.js';
import { h } from './vue.js';
import { say } from './words/words.js';

/**
 * @param actions `{ action, icon, word, act }` each, the most likely first
 * @param direct how many of them are buttons
 * @param kindOf how the button of an action stands out, if it does: `(action, index) => kind`
 */
export const orderButtons = (actions, direct, kindOf = () => undefined) => [
  ...actions.slice(0, direct).map(({ action, icon: name, word, act }, index) =>
    h('button', order({ key: action, class: 'btn', 'data-kind': kindOf(action, index), type: 'button', onClick: act }), [icon(name), word])),
  ...(actions.length > direct ? [h(Menu, { key: 'more', label: say('job.more'), items: actions.slice(direct) })] : []),
];
