package io.flamenco.e2e;

import static io.flamenco.e2e.Patience.PATIENCE;
import static org.awaitility.Awaitility.await;

/** Makes the demonstration farm look like one in the middle of a day: Workers in all states, work, a failure, a long log. */
final class Stage {

    private static final int ROWS = 400;

    private final DemoFarm farm;

    Stage(DemoFarm farm) {
        this.farm = farm;
    }

    void set() throws Exception {
        standIn("brasa-01", "linux", "error");
        standIn("brasa-02", "linux", "starting");
        standIn("cine-mac-1", "darwin", "asleep");
        standIn("cine-mac-2", "darwin", "asleep");
        standIn("desk-ines", "windows", "awake");
        standIn("nube-a17", "linux", "offline");
        standIn("nube-a18", "linux", "testing");
        farm.submitProgram(
                "trailer encode", "sh -c 'echo Warning: profile missing; echo Error: no such codec; exit 3'");
        await().atMost(PATIENCE)
                .until(() -> !farm.tasks("?status=failed,soft-failed").isEmpty());
        farm.submitProgram(
                "sq040 fx smoke",
                "sh -c 'for i in $(seq 1 %d); do echo Fra:421 Mem:1843.20M Sample $i/%d; done; echo Warning: texture is large; sleep 600'"
                        .formatted(ROWS, ROWS));
        for (int shot = 10; shot < 40; shot += 10) {
            farm.submitProgram("sq040 sh01" + shot + " lighting", "sleep 60");
        }
        await().atMost(PATIENCE).until(() -> farm.tasks("").size() > 12);
    }

    private void standIn(String nickname, String platform, String status) throws Exception {
        StandIn.registered(farm, nickname, platform).tells(status);
    }
}
