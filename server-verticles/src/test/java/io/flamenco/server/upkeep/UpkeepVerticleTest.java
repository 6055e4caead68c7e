package io.flamenco.server.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flamenco.mongo.FarmDatabase;
import io.flamenco.server.archive.ArchiveVerticle;
import io.flamenco.server.domain.JobState;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.files.JobFiles;
import io.flamenco.server.jobs.JobKeeperVerticle;
import io.flamenco.server.store.ArchivedTasks;
import io.flamenco.server.store.Jobs;
import io.flamenco.server.store.NewJob;
import io.flamenco.server.store.NewTask;
import io.flamenco.server.store.StoredJob;
import io.flamenco.server.store.Tasks;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import io.flamenco.shared.time.TickedTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepVerticleTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final ManagerId MANAGER = new ManagerId("5c0100000000000000000002");

    private final Vertx vertx = Vertx.vertx();
    private final TickedTime time = new TickedTime(NOON);
    private final Path data;
    private final FarmDatabase database;
    private final Jobs jobs;
    private final Tasks tasks;

    UpkeepVerticleTest(@TempDir Path data) throws Exception {
        this.data = data;
        database = get(FarmDatabase.forTest(vertx));
        jobs = new Jobs(database);
        tasks = new Tasks(database);
    }

    @AfterEach
    void close() throws Exception {
        get(database.close());
        get(vertx.close());
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private void start() throws Exception {
        JobFiles files = new JobFiles(vertx, data);
        Retention retention = new Retention(
                Duration.ofHours(24), Optional.of(Duration.ofDays(30)), Optional.of(Duration.ofDays(365)));
        get(vertx.deployVerticle(new JobKeeperVerticle(jobs, tasks, files, time)));
        get(vertx.deployVerticle(new ArchiveVerticle(jobs, tasks, new ArchivedTasks(database), files)));
        get(vertx.deployVerticle(new UpkeepVerticle(jobs, tasks, time, time, retention)));
    }

    private JobId job(JobStatus status, Instant created) throws Exception {
        JobId id = JobId.next();
        get(jobs.insert(new NewJob(
                id,
                "job",
                "sleep",
                "",
                new ProjectId("5c0100000000000000000003"),
                new UserId("5c0100000000000000000004"),
                MANAGER,
                50,
                "{}",
                false,
                status,
                "",
                "",
                "",
                created)));
        return id;
    }

    /** A job of twenty tasks of which one has that status, and a last one that waits for it. */
    private JobId jobWithParent(JobStatus jobStatus, TaskStatus parentStatus) throws Exception {
        JobId id = job(jobStatus, NOON);
        NewTask parent = new NewTask(TaskId.next(), "parent", "sleep", 50, "[]", List.of());
        NewTask child = new NewTask(TaskId.next(), "child", "sleep", 50, "[]", List.of(parent.id()));
        get(tasks.insert(id, MANAGER, parentStatus, NOON, List.of(parent)));
        get(tasks.insert(id, MANAGER, TaskStatus.CLAIMED_BY_MANAGER, NOON, List.of(child)));
        List<NewTask> others = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            others.add(new NewTask(TaskId.next(), "other", "sleep", 50, "[]", List.of()));
        }
        get(tasks.insert(id, MANAGER, TaskStatus.COMPLETED, NOON, others));
        TaskCounts counts =
                TaskCounts.of(Map.of(parentStatus, 1, TaskStatus.CLAIMED_BY_MANAGER, 1, TaskStatus.COMPLETED, 18));
        JobState state = found(id).orElseThrow().state().with(counts);
        get(jobs.write(List.of(state), false, List.of(), NOON));
        return id;
    }

    private Optional<StoredJob> found(JobId id) throws Exception {
        return get(jobs.find(id));
    }

    @Test
    void an_active_job_whose_tasks_can_no_longer_run_is_failed() throws Exception {
        JobId stuck = jobWithParent(JobStatus.ACTIVE, TaskStatus.FAILED);
        JobId retrying = jobWithParent(JobStatus.ACTIVE, TaskStatus.SOFT_FAILED);
        JobId queued = jobWithParent(JobStatus.QUEUED, TaskStatus.CANCELED);
        start();

        time.tick(Duration.ofMinutes(1));

        await().until(() -> found(stuck).orElseThrow().status() == JobStatus.FAIL_REQUESTED);
        assertThat(found(stuck).orElseThrow().state().reason()).contains("1 of the job's tasks can no longer run");
        assertThat(found(retrying).orElseThrow().status()).isEqualTo(JobStatus.ACTIVE);
        assertThat(found(queued).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void only_old_jobs_that_wait_for_files_are_removed() throws Exception {
        JobId abandoned = job(JobStatus.WAITING_FOR_FILES, NOON.minus(Duration.ofHours(25)));
        JobId recent = job(JobStatus.WAITING_FOR_FILES, NOON.minus(Duration.ofHours(23)));
        JobId old = job(JobStatus.CANCELED, NOON.minus(Duration.ofHours(99)));
        start();

        time.tick(Duration.ofMinutes(1));

        await().until(() -> found(abandoned).isEmpty());
        assertThat(found(recent)).isPresent();
        assertThat(found(old)).isPresent();
    }

    @Test
    void jobs_that_ended_long_ago_go_to_the_archive_and_archived_ones_are_removed_in_the_end() throws Exception {
        JobId old = job(JobStatus.COMPLETED, NOON.minus(Duration.ofDays(31)));
        JobId recent = job(JobStatus.COMPLETED, NOON.minus(Duration.ofDays(29)));
        JobId onHold = job(JobStatus.PAUSED, NOON.minus(Duration.ofDays(99)));
        JobId ancient = job(JobStatus.ARCHIVED, NOON.minus(Duration.ofDays(366)));
        JobId archived = job(JobStatus.ARCHIVED, NOON.minus(Duration.ofDays(364)));
        start();

        time.tick(Duration.ofMinutes(1));

        await().until(() -> found(old).orElseThrow().status() == JobStatus.ARCHIVED
                && found(ancient).isEmpty());
        assertThat(data.resolve("archive").resolve(JobFiles.archiveName(old))).exists();
        assertThat(found(recent).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(found(onHold).orElseThrow().status()).isEqualTo(JobStatus.PAUSED);
        assertThat(found(archived)).isPresent();
    }
}
