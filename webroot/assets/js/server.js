/** The Server's pages. */
import './theme.js';
import { server } from './api.js';
import { brand } from './brand.js';
import { bind } from './keys.js';
import { learnNames } from './names.js';
import { openPlaces } from './people-places.js';
import { goTo } from './router.js';
import { person } from './server-person.js';
import { start } from './shell.js';
import { look } from './status.js';
import { logIn } from './token.js';
import { say, statusWord } from './words/words.js';
import account from './views/account.js';
import archive from './views/archive.js';
import audit from './views/audit.js';
import crews from './views/crews.js';
import job from './views/job.js';
import jobs from './views/jobs.js';
import login from './views/login.js';
import managers from './views/managers.js';
import projects from './views/projects.js';
import submit from './views/submit.js';
import taskElsewhere from './views/task-elsewhere.js';
import taskOfJob from './views/task-of-job.js';
import users from './views/users.js';

/** Jobs and Managers whose name or id has the text in it. */
async function find(text) {
  const wanted = text.toLowerCase();
  const [{ jobs: found }, { managers: linked }] = await Promise.all([server.jobs({ q: text, limit: 20 }), server.managers()]);
  const places = openPlaces().map(({ href, word, icon }) => ({ icon, text: say(word), hint: say('find.page'), href }));
  return [
    ...places.filter((place) => place.text.toLowerCase().includes(wanted)),
    ...found.map(({ id, name, status }) => ({ icon: look(status).icon, text: name, hint: statusWord(status), href: `/jobs/${id}` })),
    ...linked.filter(({ name, url }) => url && name.toLowerCase().includes(wanted)).map(({ name, url }) => ({ icon: 'workers', text: name, hint: url, href: url })),
  ];
}

logIn.possible = true;
bind([{ keys: 'g p', word: 'nav.account', act: () => goTo('/account') }]);
void learnNames();

start({
  word: 'role.server',
  brand,
  find,
  person,
  tabs: [
    { href: '/jobs', word: 'nav.jobs', icon: 'jobs', key: 'j' },
    { href: '/submit', word: 'nav.submit', icon: 'plus', key: 's' },
    { href: '/archive', word: 'nav.archive', icon: 'archived', key: 'a' },
    { href: '/workers', word: 'nav.workers', icon: 'workers', key: 'w' },
    { href: '/managers', word: 'nav.managers', icon: 'gear', key: 'm' },
  ],
  routes: [
    { pattern: /^\/(jobs|flamenco\/)?$/, view: jobs, tab: '/jobs' },
    { pattern: /^(?:\/flamenco)?\/jobs\/(?<id>[0-9a-f]{24})(?:\/redir)?$/, view: job, tab: '/jobs' },
    { pattern: /^\/flamenco\/tasks\/(?<id>[0-9a-f]{24})$/, view: taskOfJob, tab: '/jobs' },
    { pattern: /^\/submit$/, view: submit, tab: '/submit' },
    { pattern: /^\/login$/, view: login, tab: null },
    { pattern: /^\/account$/, view: account, tab: null },
    { pattern: /^\/projects$/, view: projects, tab: null },
    { pattern: /^\/users$/, view: users, tab: null },
    { pattern: /^\/audit$/, view: audit, tab: null },
    { pattern: /^\/archive$/, view: archive, tab: '/archive' },
    { pattern: /^\/workers$/, view: crews, tab: '/workers' },
    { pattern: /^\/managers$/, view: managers, tab: '/managers' },
    { pattern: /^\/tasks\/(?<id>[0-9a-f]{24})\/log$/, view: taskElsewhere, tab: '/jobs' },
  ],
});
