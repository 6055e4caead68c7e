/** The Manager's pages. */
import { start } from './router.js';
import farm, { brand } from './views/farm.js';
import log from './views/log.js';
import tasks from './views/tasks.js';

start({
  role: 'role.manager',
  brand,
  tabs: [
    { href: '/', word: 'nav.farm', icon: 'workers' },
    { href: '/queue', word: 'nav.tasks', icon: 'queue' },
  ],
  routes: [
    { pattern: /^\/$/, view: farm, tab: '/' },
    { pattern: /^\/queue$/, view: tasks, tab: '/queue' },
    { pattern: /^\/tasks\/(?<id>[0-9a-f]{24})\/log$/, view: log },
  ],
});
