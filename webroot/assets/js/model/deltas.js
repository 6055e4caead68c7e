/** How a fact from the bus changes what a page holds. Each function answers a changed copy, or the same when nothing changed. */

/** A worker after `manager.worker.status-changed`. */
export function workerAfter(worker, fact) {
  const changed = { ...worker, status: fact.status, status_requested: fact.status_requested ?? '', last_activity: later(worker.last_activity, fact.changed_at) };
  return fact.status === 'awake' || fact.status === 'testing' ? changed : { ...changed, current_task: null };
}

/** A worker after `manager.task.status-changed` of a task that it runs, ran, or that another now runs. */
export function workerAfterTask(worker, fact) {
  const holds = worker.current_task?.id === fact.task_id;
  if (fact.worker_id !== worker.id) {
    return holds && fact.status !== 'active' ? { ...worker, current_task: null } : worker;
  }
  const seen = later(worker.last_activity, fact.changed_at);
  if (fact.status === 'active') {
    const current = { id: fact.task_id, name: fact.name, job: fact.job_id, status: 'active', task_progress_percentage: fact.task_progress_percentage ?? 0 };
    return { ...worker, last_activity: seen, current_task: current };
  }
  return holds ? { ...worker, last_activity: seen, current_task: null } : worker;
}

/** A task after `manager.task.status-changed` or `server.task.status-changed`. */
export function taskAfter(task, fact) {
  return {
    ...task,
    status: fact.status,
    worker: fact.worker ?? task.worker,
    activity: fact.activity ?? task.activity,
    task_progress_percentage: fact.task_progress_percentage ?? task.task_progress_percentage,
    last_updated: fact.changed_at,
    updated: fact.changed_at,
  };
}

/** A job after `server.job.status-changed`. */
export function jobAfter(job, fact) {
  return { ...job, status: fact.status, status_reason: fact.status_reason ?? '', tasks: fact.tasks ?? job.tasks, updated: fact.changed_at };
}

/** Counts by status after one thing left `from` for `to`; a count of 0 is not kept. */
export function countsAfter(counts, from, to) {
  const after = { ...counts };
  if (from && after[from] > 0) {
    after[from]--;
  }
  after[to] = (after[to] ?? 0) + 1;
  return Object.fromEntries(Object.entries(after).filter(([, number]) => number > 0));
}

/** How many things have which status: a Map. */
export function countsOf(things) {
  const counts = new Map();
  for (const { status } of things) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}

const later = (one, other) => (!one || Date.parse(other) > Date.parse(one) ? other : one);
