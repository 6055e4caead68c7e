package io.flamenco.manager.http;

import java.util.Map;

/** How the farm stands, in one word for the dashboard. */
enum FarmStatus {
    /** Workers are awake and there is work. */
    ACTIVE,
    /** Workers are awake and have nothing to do. */
    IDLE,
    /** There is work but all Workers that could do it are asleep. */
    WAITING,
    /** All Workers that are there are asleep, and nothing is to be done. */
    ASLEEP,
    /** Workers are just coming up. */
    STARTING,
    /** No Worker can work. */
    INOPERABLE;

    /**
     * Decides it.
     *
     * @param workers status to how many Workers have it
     * @param work how many tasks run or could be handed out
     */
    static FarmStatus of(Map<String, Integer> workers, int work) {
        if (any(workers, "awake") || any(workers, "testing")) {
            return work > 0 ? ACTIVE : IDLE;
        }
        if (any(workers, "asleep")) {
            return work > 0 ? WAITING : ASLEEP;
        }
        return any(workers, "starting") ? STARTING : INOPERABLE;
    }

    private static boolean any(Map<String, Integer> workers, String status) {
        return workers.getOrDefault(status, 0) > 0;
    }
}
