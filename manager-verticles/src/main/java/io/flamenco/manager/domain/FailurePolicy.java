package io.flamenco.manager.domain;

/**
 * When a Worker that fails tasks is put on the blocklist, and when a failed task is given up.
 *
 * @param blocklistThreshold so many failed tasks of one job and type put a Worker on the blocklist; 1 or less: the first
 * @param failAfter so many Workers that failed it make a task fail for good; 1 or less: the first
 */
public record FailurePolicy(int blocklistThreshold, int failAfter) {

    /** Whether a Worker that has failed that many tasks of a job and type, this one included, is blocked from more. */
    public boolean blocks(int failedTasks) {
        return failedTasks >= blocklistThreshold;
    }

    /**
     * Whether a failure is for good.
     *
     * @param failedBy how many Workers have failed the task, the last one included
     * @param othersLeft how many Workers could still try it
     */
    public boolean isFinal(int failedBy, int othersLeft) {
        return failedBy >= failAfter || othersLeft == 0;
    }
}
