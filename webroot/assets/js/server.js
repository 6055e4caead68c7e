/** The Server's pages. */
import { start } from './router.js';
import job from './views/job.js';
import jobs from './views/jobs.js';
import managers from './views/managers.js';

start({
  role: 'role.server',
  brand: { name: 'Flamenco', share: 0 },
  tabs: [
    { href: '/jobs', word: 'nav.jobs', icon: 'jobs' },
    { href: '/managers', word: 'nav.managers', icon: 'workers' },
  ],
  routes: [
    { pattern: /^\/(jobs)?$/, view: jobs, tab: '/jobs' },
    { pattern: /^\/jobs\/(?<id>[0-9a-f]{24})$/, view: job, tab: '/jobs' },
    { pattern: /^\/managers$/, view: managers, tab: '/managers' },
  ],
});
