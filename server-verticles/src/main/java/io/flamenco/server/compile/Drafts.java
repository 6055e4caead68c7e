package io.flamenco.server.compile;

import io.flamenco.shared.plugin.TaskDraft;
import io.flamenco.shared.wire.TaskCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the tasks of one job while they are being made; a task is known by its position. */
final class Drafts {

    private final List<TaskDraft> tasks = new ArrayList<>();

    int add(String name, String taskType, List<Integer> parents, TaskCommand... commands) {
        return add(name, taskType, TaskDraft.USUAL_PRIORITY, parents, commands);
    }

    int add(String name, String taskType, int priority, List<Integer> parents, TaskCommand... commands) {
        tasks.add(new TaskDraft(name, taskType, priority, List.of(commands), parents));
        return tasks.size() - 1;
    }

    /** Adds a task for each chunk of the frames, named after its type and frames. */
    List<Integer> addChunks(
            String taskType,
            List<FrameRange> chunks,
            List<Integer> parents,
            Function<FrameRange, TaskCommand> commandOf) {
        return chunks.stream()
                .map(chunk -> add(taskType + "-" + chunk.merged(), taskType, parents, commandOf.apply(chunk)))
                .toList();
    }

    List<TaskDraft> tasks() {
        return List.copyOf(tasks);
    }

    /** A command with its settings, given as keys and values in turn. */
    static TaskCommand command(String name, @Nullable Object... settings) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(String.valueOf(settings[i]), settings[i + 1]);
        }
        return new TaskCommand(name, map);
    }
}
