package io.flamenco.server.jobs;

import io.flamenco.server.domain.JobAction;
import io.flamenco.server.domain.ProjectRights;
import io.flamenco.server.domain.TaskCounts;
import io.flamenco.server.domain.TaskPatch;
import io.flamenco.shared.bus.Command;
import io.flamenco.shared.bus.Done;
import io.flamenco.shared.id.JobId;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ProjectId;
import io.flamenco.shared.id.TaskId;
import io.flamenco.shared.id.UpdateId;
import io.flamenco.shared.id.UserId;
import io.flamenco.shared.status.JobStatus;
import io.flamenco.shared.status.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be ordered of the owner of jobs and tasks, and where. */
public sealed interface JobOrder {

    /** A Manager's batch of reports. */
    Command<Report, JobAnswer.Reported> REPORT =
            new Command<>("server.jobs.report", Report.class, JobAnswer.Reported.class);

    /** What is there for a Manager. */
    Command<Offer, JobAnswer.Offered> OFFER = new Command<>("server.jobs.offer", Offer.class, JobAnswer.Offered.class);

    /** The next tasks of a job for its Manager. */
    Command<OfferJob, JobAnswer.Tasks> OFFER_JOB =
            new Command<>("server.jobs.offer-job", OfferJob.class, JobAnswer.Tasks.class);

    /** The tasks that changed, for their Manager. */
    Command<OfferChanges, JobAnswer.Tasks> OFFER_CHANGES =
            new Command<>("server.jobs.offer-changes", OfferChanges.class, JobAnswer.Tasks.class);

    /** People act on a job. */
    Command<Act, Done> ACT = new Command<>("server.jobs.act", Act.class, Done.class);

    /** Sets a job's status without asking whether that makes sense, as the Flamenco 2 protocol has it. */
    Command<SetJobStatus, Done> SET_STATUS = new Command<>("server.jobs.set-status", SetJobStatus.class, Done.class);

    /** Gives a job another priority. */
    Command<SetPriority, Done> SET_PRIORITY = new Command<>("server.jobs.set-priority", SetPriority.class, Done.class);

    /** Queues what failed of a job. */
    Command<RequeueFailed, Done> REQUEUE_FAILED =
            new Command<>("server.jobs.requeue-failed", RequeueFailed.class, Done.class);

    /** Sets a task's status. */
    Command<SetTaskStatus, Done> SET_TASK_STATUS =
            new Command<>("server.jobs.set-task-status", SetTaskStatus.class, Done.class);

    /** Queues a task and all that wait for it, directly or not. */
    Command<RequeueWithSuccessors, Done> REQUEUE_WITH_SUCCESSORS =
            new Command<>("server.jobs.requeue-with-successors", RequeueWithSuccessors.class, Done.class);

    /** Gives a compiled Blender job other overrides. */
    Command<SetOverrides, Done> SET_OVERRIDES =
            new Command<>("server.jobs.set-overrides", SetOverrides.class, Done.class);

    /** Removes a job and everything of it. */
    Command<Delete, Done> DELETE = new Command<>("server.jobs.delete", Delete.class, Done.class);

    /** Makes the stored tasks of a job under construction visible. */
    Command<Release, Done> RELEASE = new Command<>("server.jobs.release", Release.class, Done.class);

    /** Takes a job back to the compiler. */
    Command<Reconstruct, Done> RECONSTRUCT = new Command<>("server.jobs.reconstruct", Reconstruct.class, Done.class);

    /** Gives up a job under construction. */
    Command<GiveUp, Done> GIVE_UP = new Command<>("server.jobs.give-up", GiveUp.class, Done.class);

    /** Checks, compiles and stores a new job. */
    Command<Submit, JobAnswer.Submitted> SUBMIT =
            new Command<>("server.submissions.submit", Submit.class, JobAnswer.Submitted.class);

    /** Compiles a job that was waiting for its files, or compiles one anew. */
    Command<Construct, Done> CONSTRUCT = new Command<>("server.submissions.construct", Construct.class, Done.class);

    /** Takes a job out of circulation, to be archived. */
    Command<BeginArchive, Done> BEGIN_ARCHIVE =
            new Command<>("server.jobs.begin-archive", BeginArchive.class, Done.class);

    /** Removes the tasks of a job whose archive file is whole. */
    Command<FinishArchive, Done> FINISH_ARCHIVE =
            new Command<>("server.jobs.finish-archive", FinishArchive.class, Done.class);

    /** Takes an archived job back, to be restored. */
    Command<BeginRestore, Done> BEGIN_RESTORE =
            new Command<>("server.jobs.begin-restore", BeginRestore.class, Done.class);

    /** Gives a job whose tasks are restored the status that it had before it was archived. */
    Command<FinishRestore, Done> FINISH_RESTORE =
            new Command<>("server.jobs.finish-restore", FinishRestore.class, Done.class);

    /** Leaves a job that could not be restored in the archive. */
    Command<GiveUpRestore, Done> GIVE_UP_RESTORE =
            new Command<>("server.jobs.give-up-restore", GiveUpRestore.class, Done.class);

    /** @see #REPORT */
    record Report(ManagerId manager, List<TaskReport> reports) implements JobOrder {

        public Report {
            reports = List.copyOf(reports);
        }
    }

    /**
     * What a Manager says of one task.
     *
     * @param task absent when what it sent could not be read; it is acknowledged all the same
     * @param status empty when it says none, or one that is not known
     * @param at when the Manager learnt of it, by its own clock; empty when it does not say
     */
    record TaskReport(
            UpdateId id, Optional<TaskId> task, Optional<TaskStatus> status, TaskPatch rest, Optional<Instant> at) {}

    /**
     * @param after where the Manager's copy ends; empty when it has none
     * @see #OFFER
     */
    record Offer(ManagerId manager, Optional<Instant> after) implements JobOrder {}

    /**
     * @param cleanSlate whether the Manager has no copy at all
     * @param afterTask the last task of the page before
     * @see #OFFER_JOB
     */
    record OfferJob(JobId job, boolean cleanSlate, Optional<TaskId> afterTask, int limit) implements JobOrder {}

    /**
     * @param jobs whose tasks alone count
     * @param after beginning of the span; not part of it
     * @param upTo end of the span; part of it
     * @see #OFFER_CHANGES
     */
    record OfferChanges(ManagerId manager, Set<JobId> jobs, Instant after, Instant upTo) implements JobOrder {

        public OfferChanges {
            jobs = Set.copyOf(jobs);
        }
    }

    /**
     * @param who acts, for people
     * @see #ACT
     */
    record Act(JobId job, JobAction action, String who) implements JobOrder {}

    /** @see #SET_STATUS */
    record SetJobStatus(JobId job, JobStatus status, String reason) implements JobOrder {}

    /**
     * @param priority 1 to 100
     * @see #SET_PRIORITY
     */
    record SetPriority(JobId job, int priority) implements JobOrder {}

    /** @see #REQUEUE_FAILED */
    record RequeueFailed(JobId job) implements JobOrder {}

    /** @see #SET_TASK_STATUS */
    record SetTaskStatus(TaskId task, TaskStatus status) implements JobOrder {}

    /** @see #REQUEUE_WITH_SUCCESSORS */
    record RequeueWithSuccessors(TaskId task) implements JobOrder {}

    /**
     * @param overrides lines of Python
     * @see #SET_OVERRIDES
     */
    record SetOverrides(JobId job, List<String> overrides) implements JobOrder {

        public SetOverrides {
            overrides = List.copyOf(overrides);
        }
    }

    /** @see #DELETE */
    record Delete(JobId job) implements JobOrder {}

    /** @see #RELEASE */
    record Release(JobId job, TaskCounts tasks, boolean paused) implements JobOrder {}

    /**
     * @param from in which statuses this is fine
     * @see #RECONSTRUCT
     */
    record Reconstruct(JobId job, Set<JobStatus> from, String reason) implements JobOrder {

        public Reconstruct {
            from = Set.copyOf(from);
        }
    }

    /** @see #BEGIN_ARCHIVE */
    record BeginArchive(JobId job) implements JobOrder {}

    /**
     * @param file name of the archive file
     * @see #FINISH_ARCHIVE
     */
    record FinishArchive(JobId job, String file) implements JobOrder {}

    /** @see #BEGIN_RESTORE */
    record BeginRestore(JobId job) implements JobOrder {}

    /** @see #FINISH_RESTORE */
    record FinishRestore(JobId job) implements JobOrder {}

    /** @see #GIVE_UP_RESTORE */
    record GiveUpRestore(JobId job) implements JobOrder {}

    /** @see #GIVE_UP */
    record GiveUp(JobId job, String reason) implements JobOrder {}

    /**
     * @param manager who shall run it; empty when there is only one
     * @param filesMayFollow whether it waits for files before it is compiled
     * @param idempotencyKey empty when the submitter gave none
     * @param requestDigest of the whole request
     * @param keepFailed whether a job that cannot be compiled is kept, with the reason, rather than refused
     * @param submitter for whom it is
     * @see #SUBMIT
     */
    record Submit(
            String name,
            String jobType,
            String description,
            Map<String, @Nullable Object> settings,
            int priority,
            Optional<ManagerId> manager,
            boolean startPaused,
            boolean filesMayFollow,
            String idempotencyKey,
            String requestDigest,
            boolean keepFailed,
            Submitter submitter)
            implements JobOrder {}

    /**
     * For whom, and to which project, a job is submitted.
     *
     * @param rights of the project; the user was found to have the right to use it
     * @param who the user, for people
     */
    record Submitter(UserId user, ProjectId project, ProjectRights rights, String who) {}

    /**
     * @param from in which statuses this is fine
     * @param settings laid over those of the job
     * @see #CONSTRUCT
     */
    record Construct(JobId job, Set<JobStatus> from, Map<String, @Nullable Object> settings, String reason)
            implements JobOrder {

        public Construct {
            from = Set.copyOf(from);
        }
    }
}
