/** Every URL that the pages ask, and nothing else. A failed answer rejects with what the problem document says. */

export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

async function ask(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  if (!response.ok) {
    throw new ApiError(response.status, await detailOf(response));
  }
  return response;
}

async function detailOf(response) {
  try {
    return (await response.json()).detail ?? response.statusText;
  } catch {
    return response.statusText;
  }
}

const json = async (path) => (await ask(path)).json();

const query = (parameters) => {
  const present = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return present.length === 0 ? '' : `?${new URLSearchParams(present)}`;
};

export const manager = {
  farm: () => json('/api/v1/farm'),
  workers: () => json('/api/v1/workers'),
  tasks: (filter = {}) => json(`/api/v1/tasks${query(filter)}`),
  task: (id) => json(`/api/v1/tasks/${id}`),

  /** A piece of a task's log: `{ offset, size, text }`, both numbers in bytes of the file. */
  async log(id, from, limit) {
    const response = await ask(`/api/v1/tasks/${id}/log${query({ from, limit })}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      offset: Number(response.headers.get('X-Log-Offset')),
      size: Number(response.headers.get('X-Log-Size')),
      bytes,
    };
  },
};

export const server = {
  jobs: (filter = {}) => json(`/api/v1/jobs${query(filter)}`),
  job: (id) => json(`/api/v1/jobs/${id}`),
  jobTasks: (id, cursor) => json(`/api/v1/jobs/${id}/tasks${query({ limit: 500, cursor })}`),
  managers: () => json('/api/v1/managers'),
};
