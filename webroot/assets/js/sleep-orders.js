/** Gives workers a sleep schedule, one or many, with the way back to the one that each had. */
import { manager } from './api.js';
import { forEachWorker, report } from './worker-actions.js';
import { say } from './words/words.js';

const wire = ({ schedule_active = false, days_of_week = '', time_start = '', time_end = '' } = {}) => ({ schedule_active, days_of_week, time_start, time_end });

async function give(workers, scheduleOf, after, done, undo) {
  const failed = await forEachWorker(workers, (worker) => manager.setSleepSchedule(worker.id, scheduleOf(worker)));
  after();
  report(workers, failed, done, undo);
}

/**
 * @param schedule `{ schedule_active, days_of_week, time_start, time_end }`
 * @param after called when the Manager has answered for all
 */
export function setSchedules(workers, schedule, after) {
  const before = new Map(workers.map(({ id, sleep_schedule: had }) => [id, wire(had)]));
  const undo = () => give(workers, ({ id }) => before.get(id), after, say('sleep.restored', { n: workers.length }), null);
  const done = say('sleep.saved', { name: workers[0].nickname, n: workers.length, follows: schedule.schedule_active ? 'yes' : 'no' });
  return give(workers, () => wire(schedule), after, done, undo);
}
