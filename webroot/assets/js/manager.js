/** The Manager's pages. */
import './theme.js';
import { account, manager, whenUnknown } from './api.js';
import { brand, learn } from './brand.js';
import { connect, onContact } from './bus.js';
import { arrive, logIn } from './manager-login.js';
import { farewell, loggedOut, person } from './manager-person.js';
import { meet } from './me.js';
import { start } from './shell.js';
import { look } from './status.js';
import { statusWord } from './words/words.js';
import farm from './views/farm.js';
import log from './views/log.js';
import picture from './views/picture.js';
import queue from './views/queue.js';
import worker from './views/worker.js';

/** Workers and tasks whose name or id has the text in it. */
async function find(text) {
  const wanted = text.toLowerCase();
  const fits = (name, id) => name.toLowerCase().includes(wanted) || id === wanted;
  const [{ workers }, { tasks }] = await Promise.all([manager.workers(), manager.tasks({ limit: 500 })]);
  return [
    ...workers.filter(({ id, nickname }) => fits(nickname, id))
      .map(({ id, nickname, status }) => ({ icon: look(status).icon, text: nickname, hint: statusWord(status), href: `/workers/${id}` })),
    ...tasks.filter(({ id, name }) => fits(name, id))
      .map(({ id, name, status }) => ({ icon: look(status).icon, text: name, hint: statusWord(status), href: `/tasks/${id}/log` })),
  ];
}

whenUnknown(async (message) => {
  const known = !loggedOut() && await logIn(message);
  if (known) {
    connect();
  }
  return known;
});
await arrive();

onContact(() => {
  manager.farm().then(learn, () => {});
  account.me().then(meet, () => {});
});

start({
  word: 'role.manager',
  brand,
  find,
  person,
  instead: farewell,
  tabs: [
    { href: '/', word: 'nav.farm', icon: 'workers', key: 'f' },
    { href: '/queue', word: 'nav.tasks', icon: 'queue', key: 'q' },
    { href: '/latest-image', word: 'nav.picture', icon: 'picture', key: 'p' },
  ],
  routes: [
    { pattern: /^\/$/, view: farm, tab: '/' },
    { pattern: /^\/workers\/(?<id>[0-9a-f]{24})$/, view: worker, tab: '/' },
    { pattern: /^\/queue$/, view: queue, tab: '/queue' },
    { pattern: /^\/latest-image$/, view: picture, tab: '/latest-image' },
    { pattern: /^\/tasks\/(?<id>[0-9a-f]{24})\/log$/, view: log, tab: '/queue' },
  ],
});
