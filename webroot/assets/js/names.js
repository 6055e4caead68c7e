/** The names of projects and people that the Server's documents name by id, as far as the reader may know them. */
import { projects, users } from './api.js';
import { may, meet } from './visitor.js';
import { shallowReactive } from './vue.js';

const known = shallowReactive(new Map());

/** The name behind an id; empty when it is not known, since an id says nothing to a reader. */
export const nameOf = (id) => known.get(id) ?? '';

const keep = (things) => things.forEach(({ id, name, full_name: full }) => known.set(id, full || name));

/** Fetches them; without an answer things just go unnamed. */
export async function learnNames() {
  await meet();
  await Promise.allSettled([
    projects.all().then((answer) => keep(answer.projects)),
    may('manage-users') ? users.all().then((answer) => keep(answer.users)) : null,
  ]);
}
