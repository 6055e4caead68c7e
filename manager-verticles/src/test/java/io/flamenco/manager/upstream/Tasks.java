package io.flamenco.manager.upstream;

import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.wire.TaskCommand;
import io.flamenco.shared.wire.WireJson;
import io.flamenco.shared.wire.WireTask;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tasks as a Server sends them. */
final class Tasks {

    private static final JobId JOB = new JobId("5c0165dc494ba92dc0552a00");

    private Tasks() {}

    static WireTask task(int number) {
        return new WireTask(
                id(number),
                "etag-" + number,
                JOB,
                FakeServer.MANAGER,
                null,
                null,
                "task \"" + number + "\" [ü]{",
                "claimed-by-manager",
                50,
                60,
                "blender-render",
                "blender-render",
                List.of(new TaskCommand(
                        "blender_render",
                        Map.of("frames", "1..3", "chunk_size", 3, "nested", Map.of("a", List.of(1, 2.5, Map.of()))))),
                "",
                "",
                number == 0 ? List.of() : List.of(id(number - 1)),
                "",
                List.of(),
                null);
    }

    static TaskId id(int number) {
        return new TaskId("5c01%020x".formatted(number));
    }

    static String depsgraph(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> WireJson.write(task(number)).toString())
                .collect(Collectors.joining(",", "{\"depsgraph\":[", "]}"));
    }
}
