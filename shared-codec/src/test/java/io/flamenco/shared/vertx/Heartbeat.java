package io.flamenco.shared.vertx;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Knows whether the machine let threads run lately: a thread of its own wants to run ten times a second. */
class Heartbeat {

    private static final Duration BEAT = Duration.ofMillis(100);
    private static final long STANDSTILL_NANOS = Duration.ofMillis(500).toNanos();
    private static final long LATELY_NANOS = Duration.ofSeconds(10).toNanos();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "heartbeat");
        daemon.setDaemon(true);
        return daemon;
    });
    private final ScheduledFuture<?> beating;
    private volatile long lastBeat = System.nanoTime();
    private volatile long lastStandstill = lastBeat - LATELY_NANOS;

    Heartbeat() {
        beating = thread.scheduleWithFixedDelay(this::beat, 0, BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the machine stood still within the last seconds, or does just now. */
    boolean stoodStill() {
        long now = System.nanoTime();
        return now - lastBeat > STANDSTILL_NANOS || now - lastStandstill < LATELY_NANOS;
    }

    void stop() {
        beating.cancel(false);
        thread.shutdown();
    }

    private void beat() {
        long now = System.nanoTime();
        if (now - lastBeat > STANDSTILL_NANOS) {
            lastStandstill = now;
        }
        lastBeat = now;
    }
}
