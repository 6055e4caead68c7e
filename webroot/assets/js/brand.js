/** What the top bar and the tab's icon show on every page: a name, the share of awake workers that are at work, and a Manager's Server. */
import { reactive } from './vue.js';

export const brand = reactive({ name: 'Flamenco', share: 0, server: '' });

/** Takes the name and, as far as counts tell it, the share from what `GET /api/v1/farm` answers. */
export function learn(farm) {
  const awake = farm.workers_by_status?.awake ?? 0;
  brand.name = farm.manager_name;
  brand.server = farm.server.url;
  brand.share = awake === 0 ? 0 : Math.min(1, (farm.tasks_by_status?.active ?? 0) / awake);
}
