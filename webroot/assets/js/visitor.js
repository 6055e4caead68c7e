/** Who looks at the Server's pages, as far as it is known, and what they may do. What they may not do is left out of the pages. */
import { account } from './api.js';
import { shallowRef } from './vue.js';

/** The answer of `account.me()`, null for a stranger, and undefined while it is not known. */
export const me = shallowRef(undefined);

/** Somebody logged in, or out (null). */
export const met = (person) => { me.value = person; };

/** Whether they may do that; actions are named as the Server names them. */
export const may = (action) => me.value?.may.includes(action) ?? false;

let meeting = null;

/** Asks who it is, once; when the Server cannot be asked nobody is known, and it refuses what strangers may not do. */
export const meet = () => (meeting ??= account.me().then(met, () => met(null)));
