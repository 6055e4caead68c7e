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

    /** Changes a job or task; a failure of status 412 when it is not any more as it was seen. */
    Command<Wanted, Done> CHANGE = new Command<>("server.jobs.change", Wanted.class, Done.class);

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

    /** Makes the stored tasks of a job under construction visible. */
    Command<Release, Done> RELEASE = new Command<>("server.jobs.release", Release.class, Done.class);

    /** Gives up a job under construction. */
    Command<GiveUp, Done> GIVE_UP = new Command<>("server.jobs.give-up", GiveUp.class, Done.class);

    /** Checks, compiles and stores a new job. */
    Command<Submit, JobAnswer.Submitted> SUBMIT =
            new Command<>("server.submissions.submit", Submit.class, JobAnswer.Submitted.class);

    /** Compiles a job that was waiting for its files, or compiles one anew. */
    Command<Construct, Done> CONSTRUCT = new Command<>("server.submissions.construct", Construct.class, Done.class);

    /** Removes the tasks of a job whose archive file is whole. */
    Command<FinishArchive, Done> FINISH_ARCHIVE =
            new Command<>("server.jobs.finish-archive", FinishArchive.class, Done.class);

    /** Gives a job whose tasks are restored the status that it had before it was archived. */
    Command<FinishRestore, Done> FINISH_RESTORE =
            new Command<>("server.jobs.finish-restore", FinishRestore.class, Done.class);

    /** Leaves a job that could not be restored in the archive. */
    Command<GiveUpRestore, Done> GIVE_UP_RESTORE =
            new Command<>("server.jobs.give-up-restore", GiveUpRestore.class, Done.class);

    /** What can be changed of a job or task that is there. */
    sealed interface Change extends JobOrder {}

    /**
     * @param seen on what condition
     * @see #CHANGE
     */
    record Wanted(Change change, Sight seen) implements JobOrder {

        /** However things are. */
        public Wanted(Change change) {
            this(change, Sight.NOTHING);
        }
    }

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
     * People act on a job.
     *
     * @param who acts, for people
     */
    record Act(JobId job, JobAction action, String who) implements Change {}

    /** Sets a job's status without asking whether that makes sense, as the Flamenco 2 protocol has it. */
    record SetJobStatus(JobId job, JobStatus status, String reason) implements Change {}

    /**
     * Gives a job another priority.
     *
     * @param priority 1 to 100
     */
    record SetPriority(JobId job, int priority) implements Change {}

    /** Queues what failed of a job. */
    record RequeueFailed(JobId job) implements Change {}

    /** Sets a task's status. */
    record SetTaskStatus(TaskId task, TaskStatus status) implements Change {}

    /** Queues a finished task. */
    record RequeueTask(TaskId task) implements Change {}

    /** Stops a task that is not finished. */
    record CancelTask(TaskId task) implements Change {}

    /** Queues a task and all that wait for it, directly or not. */
    record RequeueWithSuccessors(TaskId task) implements Change {}

    /**
     * Gives a compiled Blender job other overrides.
     *
     * @param overrides lines of Python
     */
    record SetOverrides(JobId job, List<String> overrides) implements Change {

        public SetOverrides {
            overrides = List.copyOf(overrides);
        }
    }

    /** Removes a job and everything of it. */
    record Delete(JobId job) implements Change {}

    /** @see #RELEASE */
    record Release(JobId job, TaskCounts tasks, boolean paused) implements JobOrder {}

    /**
     * Takes a job back to the compiler.
     *
     * @param from in which statuses this is fine
     */
    record Reconstruct(JobId job, Set<JobStatus> from, String reason) implements Change {

        public Reconstruct {
            from = Set.copyOf(from);
        }
    }

    /** Takes a job out of circulation, to be archived. */
    record BeginArchive(JobId job) implements Change {}

    /**
     * @param file name of the archive file
     * @see #FINISH_ARCHIVE
     */
    record FinishArchive(JobId job, String file) implements JobOrder {}

    /** Takes an archived job back, to be restored. */
    record BeginRestore(JobId job) implements Change {}

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
     * @param byProtocol whether it came by the Flamenco 2 protocol, by which settings that nobody knows are fine, and a job
     *     that cannot be compiled is kept, with the reason, rather than refused
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
            boolean byProtocol,
            Submitter submitter)
            implements JobOrder {

        Submit with(Map<String, @Nullable Object> completed) {
            return new Submit(
                    name,
                    jobType,
                    description,
                    completed,
                    priority,
                    manager,
                    startPaused,
                    filesMayFollow,
                    idempotencyKey,
                    requestDigest,
                    byProtocol,
                    submitter);
        }
    }

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
     * @param seen on what condition
     * @see #CONSTRUCT
     */
    record Construct(JobId job, Set<JobStatus> from, Map<String, @Nullable Object> settings, String reason, Sight seen)
            implements JobOrder {

        public Construct {
            from = Set.copyOf(from);
        }
    }
}
