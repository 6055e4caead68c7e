/** The Server's pages. */
import './theme.js';
import { server } from './api.js';
import { brand } from './brand.js';
import { start } from './shell.js';
import { look } from './status.js';
import { logIn } from './token.js';
import { statusWord } from './words/words.js';
import account from './views/account.js';
import job from './views/job.js';
import jobs from './views/jobs.js';
import login from './views/login.js';
import managers from './views/managers.js';
import submit from './views/submit.js';
import taskElsewhere from './views/task-elsewhere.js';
import taskOfJob from './views/task-of-job.js';

/** Jobs and Managers whose name or id has the text in it. */
async function find(text) {
  const wanted = text.toLowerCase();
  const [{ jobs: found }, { managers: linked }] = await Promise.all([server.jobs({ q: text, limit: 20 }), server.managers()]);
  return [
    ...found.map(({ id, name, status }) => ({ icon: look(status).icon, text: name, hint: statusWord(status), href: `/jobs/${id}` })),
    ...linked.filter(({ name, url }) => url && name.toLowerCase().includes(wanted)).map(({ name, url }) => ({ icon: 'workers', text: name, hint: url, href: url })),
  ];
}

logIn.possible = true;

start({
  word: 'role.server',
  brand,
  find,
  tabs: [
    { href: '/jobs', word: 'nav.jobs', icon: 'jobs', key: 'j' },
    { href: '/submit', word: 'nav.submit', icon: 'plus', key: 's' },
    { href: '/managers', word: 'nav.managers', icon: 'workers', key: 'm' },
    { href: '/account', word: 'nav.account', icon: 'half', key: 'a' },
  ],
  routes: [
    { pattern: /^\/(jobs|flamenco\/)?$/, view: jobs, tab: '/jobs' },
    { pattern: /^(?:\/flamenco)?\/jobs\/(?<id>[0-9a-f]{24})(?:\/redir)?$/, view: job, tab: '/jobs' },
    { pattern: /^\/flamenco\/tasks\/(?<id>[0-9a-f]{24})$/, view: taskOfJob, tab: '/jobs' },
    { pattern: /^\/submit$/, view: submit, tab: '/submit' },
    { pattern: /^\/login$/, view: login, tab: '/account' },
    { pattern: /^\/account$/, view: account, tab: '/account' },
    { pattern: /^\/managers$/, view: managers, tab: '/managers' },
    { pattern: /^\/tasks\/(?<id>[0-9a-f]{24})\/log$/, view: taskElsewhere, tab: '/jobs' },
  ],
});
