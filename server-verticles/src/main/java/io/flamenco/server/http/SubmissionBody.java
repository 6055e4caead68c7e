package io.flamenco.server.http;

import io.flamenco.server.jobs.JobOrder;
import io.flamenco.server.store.Projects.Project;
import io.flamenco.shared.http.HttpFailure;
import io.flamenco.shared.id.ManagerId;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.id.ProjectId;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a submission to {@code /api/v1/jobs}; finds all problems at once. */
final class SubmissionBody {

    private static final int USUAL_PRIORITY = 50;
    private static final int HIGHEST_PRIORITY = 100;
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_DESCRIPTION = 4_096;
    private static final int LONGEST_KEY = 255;
    private static final Set<String> KEYS = Set.of(
            "name",
            "job_type",
            "settings",
            "priority",
            "manager",
            "project",
            "description",
            "start_paused",
            "wait_for_files");

    private final JsonObject body;
    private final List<String> problems = new ArrayList<>();

    private SubmissionBody(JsonObject body) {
        this.body = body;
    }

    /** The project that is named; empty when none is. */
    static Optional<ProjectId> project(RoutingContext context) {
        Object value = Requests.object(context).getValue("project");
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        if (value instanceof String id && ObjectIds.isValid(id)) {
            return Optional.of(new ProjectId(id));
        }
        throw new HttpFailure(422, "\"project\" must be the id of a project.");
    }

    static JobOrder.Submit read(RoutingContext context, Caller caller, Project project) {
        SubmissionBody read = new SubmissionBody(Requests.object(context));
        JobOrder.Submit order =
                read.order(key(context, caller), digest(context.body().asString()), caller, project);
        if (!read.problems.isEmpty()) {
            throw new HttpFailure(422, "The job cannot be submitted: " + String.join(" ", read.problems));
        }
        return order;
    }

    private JobOrder.Submit order(String key, String digest, Caller caller, Project project) {
        body.fieldNames().stream()
                .filter(name -> !KEYS.contains(name))
                .forEach(name -> problems.add("\"" + Requests.shortened(name) + "\" is not known here."));
        return new JobOrder.Submit(
                text("name", "", 1, LONGEST_NAME),
                text("job_type", "", 1, LONGEST_NAME),
                text("description", "", 0, LONGEST_DESCRIPTION),
                settings().getMap(),
                priority(),
                manager(),
                yes("start_paused"),
                yes("wait_for_files"),
                key,
                digest,
                false,
                new JobOrder.Submitter(caller.user(), project.id(), project.rights(), caller.name()));
    }

    private String text(String name, String absent, int shortest, int longest) {
        Object value = body.getValue(name);
        String text = value == null ? absent : value instanceof String given ? given.strip() : null;
        if (text == null || text.length() < shortest || text.length() > longest) {
            problems.add("\"" + name + "\" must be a text of " + shortest + " to " + longest + " characters.");
            return absent;
        }
        return text;
    }

    private JsonObject settings() {
        Object value = body.getValue("settings");
        if (value instanceof JsonObject settings) {
            return settings;
        }
        problems.add("\"settings\" must be an object.");
        return new JsonObject();
    }

    private int priority() {
        Object value = body.getValue("priority");
        if (value == null) {
            return USUAL_PRIORITY;
        }
        if (value instanceof Integer priority && priority >= 1 && priority <= HIGHEST_PRIORITY) {
            return priority;
        }
        problems.add("\"priority\" must be a whole number from 1 to " + HIGHEST_PRIORITY + ".");
        return USUAL_PRIORITY;
    }

    private Optional<ManagerId> manager() {
        Object value = body.getValue("manager");
        if (value == null || "".equals(value)) {
            return Optional.empty();
        }
        if (value instanceof String id && ObjectIds.isValid(id)) {
            return Optional.of(new ManagerId(id));
        }
        problems.add("\"manager\" must be the id of a Manager.");
        return Optional.empty();
    }

    private boolean yes(String name) {
        Object value = body.getValue(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        problems.add("\"" + name + "\" must be true or false.");
        return false;
    }

    /** A key belongs to who sends it: nobody else can meet it. */
    private static String key(RoutingContext context, Caller caller) {
        String key = context.request().getHeader("Idempotency-Key");
        if (key == null) {
            return "";
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw new HttpFailure(400, "The Idempotency-Key must have 1 to " + LONGEST_KEY + " characters.");
        }
        return caller.user() + " " + key.strip();
    }

    private static String digest(String text) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
