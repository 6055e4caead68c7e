/** What each status looks like: an icon of icons.svg and a colour family of style.css. The word is in the catalogue. */

const looks = {
  queued: ['queued', 'rest'],
  requeued: ['queued', 'rest'],
  'claimed-by-manager': ['claimed', 'rest'],
  active: ['active', 'work'],
  completed: ['completed', 'done'],
  'soft-failed': ['soft-failed', 'heal'],
  failed: ['failed', 'stop'],
  'cancel-requested': ['cancel-requested', 'leave'],
  'fail-requested': ['cancel-requested', 'leave'],
  canceled: ['canceled', 'rest'],
  paused: ['paused', 'rest'],
  'under-construction': ['under-construction', 'rest'],
  'waiting-for-files': ['waiting-for-files', 'rest'],
  'construction-failed': ['error', 'stop'],
  archiving: ['archived', 'leave'],
  archived: ['archived', 'rest'],
  starting: ['starting', 'work'],
  awake: ['awake', 'done'],
  asleep: ['asleep', 'rest'],
  testing: ['testing', 'test'],
  offline: ['offline', 'rest'],
  shutdown: ['shutdown', 'leave'],
  timeout: ['timeout', 'heal'],
  error: ['error', 'stop'],
};

export function look(status, atWork = false) {
  const [icon, family] = looks[status] ?? ['queued', 'rest'];
  return atWork && status === 'awake' ? { icon: 'active', family: 'work' } : { icon, family };
}

/** Whether nothing more happens to a task or job of that status by itself. */
export const ended = (status) => ['completed', 'failed', 'canceled', 'archived', 'construction-failed'].includes(status);
