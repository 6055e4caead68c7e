/** Every URL that the pages ask, and nothing else. A failed answer rejects with what the problem document says. */
import { askForToken, token } from './token.js';
import { say } from './words/words.js';

const ASK_FOR_MS = 30_000;

/** So old may a list be when it arrives: the Manager gives all who ask within a moment the same answer. */
export const LIST_AGE_MS = 300;

/** Only a page of the same site can send it: with a session, changes need it. */
const OURS = { 'x-requested-with': 'flamenco' };

export class ApiError extends Error {
  constructor(status, message, details) {
    super(message);
    this.status = status;
    this.details = details;
  }
}

const MOST_ATTEMPTS = 6;

let logIn = null;

/** Has the reader logged in when a role knows nobody, or nobody any more; the handler tells whether to ask again. */
export const whenUnknown = (handler) => { logIn = handler; };

/** As {@link askOnce}, again after a log-in. */
async function ask(path, options) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await askOnce(path, options);
    } catch (error) {
      if (logIn === null || ![401, 498].includes(error.status) || attempt === MOST_ATTEMPTS) {
        throw error;
      }
      if (!await logIn(error.message)) {
        throw Object.assign(error, { quiet: true });
      }
    }
  }
}

async function askOnce(path, { method = 'GET', headers = {}, body } = {}) {
  const response = await fetch(path, { method, body, headers: { accept: 'application/json', ...headers }, signal: AbortSignal.timeout(ASK_FOR_MS) })
    .catch((error) => { throw new ApiError(0, say('page.unreachable', { path }), `${path}: ${error.message}`); });
  if (!response.ok) {
    const detail = await detailOf(response);
    const id = response.headers.get('X-Request-Id') ?? '';
    throw new ApiError(response.status, detail, `${response.status} ${path} ${id} ${detail}`);
  }
  return response;
}

async function detailOf(response) {
  const text = (await response.text()).trim();
  try {
    return JSON.parse(text).detail ?? response.statusText;
  } catch {
    return text.slice(0, 300) || response.statusText;
  }
}

/** A change. It carries the token; when that is missing or wrong the reader is asked for it, until it fits or they give up. */
async function change(method, path, content) {
  for (;;) {
    const known = token();
    const form = content instanceof URLSearchParams;
    const type = content === undefined || form ? {} : { 'content-type': 'application/json' };
    const headers = { ...OURS, ...(known ? { authorization: `Bearer ${known}` } : {}), ...type };
    try {
      const response = await ask(path, { method, headers, body: content === undefined || form ? content : JSON.stringify(content) });
      const text = await response.text();
      return /json/.test(response.headers.get('content-type')) ? JSON.parse(text) : text;
    } catch (error) {
      if (error.status !== 401 || error.quiet) {
        throw error;
      }
      if (!await askForToken(error.message)) {
        throw Object.assign(error, { quiet: true });
      }
    }
  }
}

/** A change of one's own account; whoever may not do it is told so. */
async function own(method, path, content) {
  const headers = { ...OURS, ...(content === undefined ? {} : { 'content-type': 'application/json' }) };
  const response = await ask(path, { method, headers, body: content === undefined ? undefined : JSON.stringify(content) });
  return response.status === 204 ? null : response.json();
}

const json = async (path) => (await ask(path)).json();

const query = (parameters) => {
  const present = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return present.length === 0 ? '' : `?${new URLSearchParams(present)}`;
};

/** Where programs find the description of what a role answers. */
export const descriptionFile = '/api/v1/openapi.yaml';
/** The same, for these pages. */
export const description = () => json('/api/v1/openapi.json');

export const manager = {
  farm: () => json('/api/v1/farm'),
  workers: () => json('/api/v1/workers'),
  tasks: (filter = {}) => json(`/api/v1/tasks${query(filter)}`),
  task: (id) => json(`/api/v1/tasks/${id}`),
  workerAction: (id, order) => change('POST', `/worker-action/${id}`, new URLSearchParams(order)),
  /** Lets a worker run a type of tasks of a job again. */
  unblock: (id, { job, task_type: type }) => change('POST', `/worker-action/${id}`, new URLSearchParams({ action: 'forget-blacklist-line', job_id: job, task_type: type })),
  setSleepSchedule: (id, schedule) => change('POST', `/set-sleep-schedule/${id}`, schedule),
  why: (id) => json(`/api/v1/tasks/${id}/why`),
  /** How busy the farm was in the past day. */
  load: () => json('/api/v1/history/load'),
  /** What these workers did in the past minutes; at most 100 of them. */
  days: (ids, minutes) => json(`/api/v1/history/workers${query({ ids: ids.join(','), minutes })}`),
  kick: () => change('POST', '/kick'),
  pools: () => json('/api/v1/pools'),
  resizePool: (platform, pool, size) => change('POST', '/dynamic-pool-resize', { platformName: platform, poolID: pool, desiredSize: size }),
  /** Leads to the task on the Server. */
  onServer: (id) => `/tasks/${id}/redir-to-server`,
  /** The page that shows a task's log, on the Manager. */
  logPage: (id) => `/tasks/${id}/log`,

  /** A piece of a task's log: `{ offset, size, bytes }`, numbers in bytes of the file. A log that is not there yet is empty. */
  async log(id, from, limit) {
    try {
      const response = await ask(`/api/v1/tasks/${id}/log${query({ from, limit })}`);
      return {
        offset: Number(response.headers.get('X-Log-Offset')),
        size: Number(response.headers.get('X-Log-Size')),
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    } catch (error) {
      if (error.status === 404) {
        return { offset: 0, size: 0, bytes: new Uint8Array() };
      }
      throw error;
    }
  },
};

/** All pages of a list of the Server, as one answer. */
async function everything(name) {
  const items = [];
  let cursor = null;
  do {
    const page = await json(`/api/v1/${name}${query({ limit: 1000, cursor })}`);
    items.push(...page[name]);
    cursor = page.next;
  } while (cursor);
  return { [name]: items };
}

const PATHS = { requeueFailed: 'requeue-failed' };

export const server = {
  jobs: (filter = {}) => json(`/api/v1/jobs${query(filter)}`),
  job: (id) => json(`/api/v1/jobs/${id}`),
  jobTasks: (id, cursor) => json(`/api/v1/jobs/${id}/tasks${query({ limit: 500, cursor })}`),
  task: (id) => json(`/api/v1/tasks/${id}`),
  /** How long its tasks ran: `{ columns, tasks }`, the tasks being rows of values. */
  durations: (id) => json(`/api/v1/jobs/${id}/durations`),
  /** Where the whole log of a task is downloaded from, once its Manager was asked for it and has sent it. */
  logOf: (task) => `/api/v1/tasks/${task}/log.gz`,
  async hasLog(task) {
    const response = await fetch(server.logOf(task), { signal: AbortSignal.timeout(ASK_FOR_MS) });
    void response.body?.cancel();
    return response.ok;
  },
  requestLog: (task) => change('POST', `/api/v1/tasks/${task}/request-log`),
  /** The last small pictures of what its tasks made. */
  pictures: (id) => json(`/api/v1/jobs/${id}/pictures`),
  /** Where the newest of them is; nothing while there is none. */
  latestPicture: (id) => `/api/v1/jobs/${id}/pictures/latest`,
  managers: () => everything('managers'),
  jobTypes: () => json('/api/v1/job-types'),

  /** The Workers of all Managers. */
  workers: async () => (await everything('workers')).workers,
  /** Who changed what, newest first: `{ entries, next }`. */
  audit: (filter) => json(`/api/v1/audit${query(filter)}`),
  /** Where the archive of a job is downloaded from. */
  archiveOf: (id) => `/api/v1/jobs/${id}/archive.zip`,

  submit: (job) => change('POST', '/api/v1/jobs', job),
  act: (id, action) => (action === 'delete' ? change('DELETE', `/api/v1/jobs/${id}`) : change('POST', `/api/v1/jobs/${id}/${PATHS[action] ?? action}`)),
  /** One action on many jobs; the answer says of each what became of it. */
  actOnJobs: (ids, action) => change('POST', '/api/v1/jobs/bulk', { ids, action: PATHS[action] ?? action }),
  setPriority: (id, priority) => change('PATCH', `/api/v1/jobs/${id}`, { priority }),
  requeueTask: (id, successors) => change('POST', `/api/v1/tasks/${id}/requeue`, { successors }),
  /** Another status for many Workers; the answer says of each what became of it. */
  orderWorkers: (ids, status, lazy) => change('POST', '/api/v1/workers/bulk', { ids, action: status, lazy }),
  /** Another name and description. */
  changeManager: (id, manager) => change('PATCH', `/api/v1/managers/${id}`, manager),
  revokeManager: (id) => change('POST', `/api/v1/managers/${id}/revoke`),
  cancelTask: (id) => change('POST', `/api/v1/tasks/${id}/cancel`),
};

/** Who is logged in at the Server. */
export const account = {
  me: () => json('/api/v1/me'),
  logIn: (proof) => own('POST', '/api/v1/login', proof),
  logOut: () => own('POST', '/api/v1/logout'),
  changePassword: (old, fresh) => own('POST', '/api/v1/me/password', { old_password: old, new_password: fresh }),
  tokens: () => json('/api/v1/me/tokens'),
  makeToken: (name) => own('POST', '/api/v1/me/tokens', { name }),
  revokeToken: (id) => own('DELETE', `/api/v1/me/tokens/${id}`),
  sessions: () => json('/api/v1/me/sessions'),
  endSession: (id) => own('DELETE', `/api/v1/me/sessions/${id}`),
  endOtherSessions: () => own('DELETE', '/api/v1/me/sessions'),
};

/** The users of the Server, for admins. */
export const users = {
  all: () => everything('users'),
  make: (user) => change('POST', '/api/v1/users', user),
  change: (id, user) => change('PATCH', `/api/v1/users/${id}`, user),
  remove: (id) => change('DELETE', `/api/v1/users/${id}`),
  resetPassword: (id) => change('POST', `/api/v1/users/${id}/reset-password`),
};

export const projects = {
  all: () => everything('projects'),
  make: (project) => change('POST', '/api/v1/projects', project),
  change: (id, project) => change('PATCH', `/api/v1/projects/${id}`, project),
  remove: (id) => change('DELETE', `/api/v1/projects/${id}`),
};

/** The set-up of a Manager. */
export const setup = {
  async data() {
    const response = await ask('/setup/data');
    return { document: await response.json(), version: response.headers.get('ETag') ?? '' };
  },
  checks: async () => (await json('/setup/api/checks')).checks,
  linkRequired: () => json('/setup/api/link-required'),
  linkStart: async (server, fingerprint) => (await ask(`/setup/api/link-start${query({ server, fingerprint })}`, { method: 'POST' })).json(),
  save: (config, version) => ask('/setup/data', { method: 'POST', headers: { 'content-type': 'application/json', 'if-match': version }, body: JSON.stringify(config) }),
  saveYaml: (yaml, version) => ask('/setup/data', { method: 'POST', headers: { 'content-type': 'application/x-yaml', 'if-match': version }, body: yaml }),
  restart: (path) => ask(path, { method: 'POST' }),
};
