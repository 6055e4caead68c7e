/** What the page may not do while it hears nothing from the farm. All of it comes back by itself with the contact. */
import { contact } from './bus.js';
import { clock } from './clock.js';
import { computed } from './vue.js';
import { say } from './words/words.js';

/** A connection that is back sooner is not worth a word. */
const LOST_AFTER_MS = 3000;

/** Whether contact is lost, and not just for a moment. */
export const outOfContact = computed(() => contact.lostAt !== null && clock.now - contact.lostAt > LOST_AFTER_MS);

/** Why no order can be given now, or null when one can. */
export const whyBarred = () => (outOfContact.value ? say('page.lostBarred') : null);

const refuse = (event) => event.preventDefault();

/** The properties of a control that changes something on the farm, for now: as given, or barred with the reason, still in reach of the keyboard. */
export function order(properties) {
  const why = whyBarred();
  return why === null ? properties : { ...properties, 'aria-disabled': 'true', title: why, onClick: refuse };
}
