/** What on the farm needs a person: the Manager's work list. */

const FULL_OUTBOX = 1000;
const SLOW_PUSH_MS = 60_000;

/**
 * @param farm as `GET /api/v1/farm` answers
 * @returns entries `{ kind, worker, type, n }`; `kind` is `error`, `timeout`, `failed`, `nobody`, `unable`, `outbox` or `server`
 */
export function attention(farm, workers, now) {
  const troubled = workers.filter((worker) => worker.status === 'error' || worker.status === 'timeout')
    .map((worker) => ({ kind: worker.status, worker }));
  const failed = farm.tasks_by_status?.failed ?? 0;
  const ready = readyTasks(farm);
  const able = workers.some((worker) => ['awake', 'starting', 'testing'].includes(worker.status));
  return [
    ...troubled,
    ...(ready > 0 && workers.length > 0 && !able ? [{ kind: 'nobody', n: ready }] : []),
    ...unable(farm, workers),
    ...(failed > 0 ? [{ kind: 'failed', n: failed }] : []),
    ...outbox(farm, now),
  ];
}

/** Types of which tasks are ready though no worker runs that type, be it awake or not. */
function unable(farm, workers) {
  const waiting = Object.entries(farm.ready_by_type ?? {}).filter(([, number]) => number > 0);
  const known = waiting.length === 0 ? new Set() : new Set(workers.flatMap((worker) => worker.supported_task_types ?? []));
  return known.size === 0 ? [] : waiting.filter(([type]) => !known.has(type)).map(([type, n]) => ({ kind: 'unable', type, n }));
}

function outbox(farm, now) {
  const waiting = farm.upstream_queue_size ?? 0;
  const silent = farm.last_push ? now - Date.parse(farm.last_push) : 0;
  if (waiting > FULL_OUTBOX) {
    return [{ kind: 'outbox', n: waiting }];
  }
  return waiting > 0 && silent > SLOW_PUSH_MS ? [{ kind: 'server', n: waiting, since: farm.last_push }] : [];
}

/** How many tasks could run now. */
export const readyTasks = (farm) => Object.values(farm.ready_by_type ?? {}).reduce((sum, number) => sum + number, 0);
