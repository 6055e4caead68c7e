package io.flamenco.benchmarks.farm;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * Counts the updates that a Manager pushes and remembers which tasks it heard are completed. It looks at the bytes only
 * as far as needed, since it shares the machine with the Manager that is measured. Safe to use from any thread.
 */
public final class UpdateCount {

    private static final String ID = "\"_id\":\"";
    private static final String TASK = "\"task_id\":\"";
    private static final String COMPLETED = "\"task_status\":\"completed\"";
    private static final int ID_LENGTH = 24;

    /** By the number of the task, which its id ends with. */
    private final BitSet completedTasks = new BitSet();

    private long updates;
    private long pushes;

    /** Takes a batch; the result is the Server's answer, which names every update as handled. */
    synchronized Buffer take(Buffer batch) {
        String json = batch.toString(StandardCharsets.ISO_8859_1);
        StringBuilder handled = new StringBuilder(json.length() / 8);
        int count = 0;
        for (int at = json.indexOf(ID); at >= 0; at = json.indexOf(ID, at + 1)) {
            handled.append(count == 0 ? "\"" : ",\"")
                    .append(json, at + ID.length(), at + ID.length() + ID_LENGTH)
                    .append('"');
            count++;
        }
        rememberCompleted(json);
        pushes++;
        updates += count;
        return Buffer.buffer("{\"modified_count\":" + count + ",\"handled_update_ids\":[" + handled + "]}");
    }

    /** How many updates came, empty pushes bringing none. */
    public synchronized long updates() {
        return updates;
    }

    /** How many batches came. */
    public synchronized long pushes() {
        return pushes;
    }

    /** How many tasks it heard are completed; a repetition does not count. */
    public synchronized int completedTasks() {
        return completedTasks.cardinality();
    }

    private void rememberCompleted(String json) {
        for (int at = json.indexOf(COMPLETED); at >= 0; at = json.indexOf(COMPLETED, at + 1)) {
            int begin = json.lastIndexOf('{', at);
            int task = json.indexOf(TASK, begin);
            if (task >= 0) {
                int end = task + TASK.length() + ID_LENGTH;
                completedTasks.set(Integer.parseInt(json, end - 7, end, 16));
            }
        }
    }
}
