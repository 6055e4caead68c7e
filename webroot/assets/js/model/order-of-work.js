/** The order of work of a job: tasks in layers by their longest path, equal tasks with equal parents folded into one box. */

/**
 * Boxes and the arrows between them.
 *
 * @param tasks each with `id`, `name`, `task_type`, `status` and the ids of its `parents`
 * @returns `{ boxes, arrows }`: a box has `key`, `layer`, `tasks`, `parents` (keys); an arrow is `[fromKey, toKey]`
 */
export function orderOfWork(tasks) {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const layers = layersOf(tasks, byId);
  const folded = new Map();
  const boxOf = new Map();
  for (const task of [...tasks].sort((a, b) => layers.get(a.id) - layers.get(b.id))) {
    const parents = [...new Set((task.parents ?? []).map((parent) => boxOf.get(parent)).filter((key) => key !== undefined))].sort();
    const likeness = `${layers.get(task.id)}|${task.task_type}|${parents.join('&')}`;
    if (!folded.has(likeness)) {
      folded.set(likeness, { key: folded.size, layer: layers.get(task.id), tasks: [], parents });
    }
    const box = folded.get(likeness);
    box.tasks.push(task);
    boxOf.set(task.id, box.key);
  }
  const boxes = [...folded.values()];
  return { boxes, arrows: boxes.flatMap((box) => box.parents.map((parent) => [parent, box.key])) };
}

/** The longest way from a task without parents; parents outside the job and rings count as none. */
function layersOf(tasks, byId) {
  const layers = new Map();
  const waiting = new Map();
  const children = new Map();
  for (const task of tasks) {
    const parents = new Set((task.parents ?? []).filter((id) => byId.has(id)));
    waiting.set(task.id, parents.size);
    for (const id of parents) {
      if (!children.has(id)) {
        children.set(id, []);
      }
      children.get(id).push(task.id);
    }
  }
  const ready = tasks.filter((task) => waiting.get(task.id) === 0).map((task) => task.id);
  ready.forEach((id) => layers.set(id, 0));
  for (let index = 0; index < ready.length; index++) {
    for (const child of children.get(ready[index]) ?? []) {
      layers.set(child, Math.max(layers.get(child) ?? 0, layers.get(ready[index]) + 1));
      waiting.set(child, waiting.get(child) - 1);
      if (waiting.get(child) === 0) {
        ready.push(child);
      }
    }
  }
  tasks.forEach((task) => layers.set(task.id, layers.get(task.id) ?? 0));
  return layers;
}
