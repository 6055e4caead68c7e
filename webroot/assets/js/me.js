/** Who looks at the Manager's pages. What they may never do is not shown to them; the Manager checks for itself. */
import { reactive } from './vue.js';

const ROLES = ['viewer', 'artist', 'wrangler', 'admin'];

export const me = reactive({ id: '', name: '', role: '' });

/** Takes `{ id, name, role }` as `GET /api/v1/me` answers. */
export const meet = (person) => Object.assign(me, person);

/** Whether they may do what takes that role. */
export const may = (role) => ROLES.indexOf(me.role) >= ROLES.indexOf(role);
