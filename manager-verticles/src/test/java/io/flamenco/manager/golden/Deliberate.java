package io.flamenco.manager.golden;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A difference that is meant.
 *
 * @param where which exchanges show it, by their titles
 * @param which of their differences, as {@link Comparison} words them; this says how ours must differ, too
 * @param what names it to people
 */
record Deliberate(Pattern where, Pattern which, String what, String original, String here, String why) {

    static final List<Deliberate> ALL = List.of(
            new Deliberate(
                    "A .*",
                    "body\\.(workers|supported_task_types): \\[] instead of null",
                    "An empty list",
                    "`null`",
                    "`[]`",
                    "one kind of nothing is enough"),
            new Deliberate(
                    "A .*-405",
                    "body: \\w+ cannot be used on .* instead of ",
                    "The wrong method",
                    "405 without a body",
                    "405 with a problem document",
                    "it says what is wrong"),
            new Deliberate(
                    "A (\\d+ .*404|\\d+ worker-action-.*|\\d+ sleep-schedule-.*|\\d+ forget-blacklist.*)|B .*",
                    "Content-Type: application/problem\\+json instead of text/plain",
                    "A refusal on a path for people and tools",
                    "plain text",
                    "a problem document with the same status",
                    "programs can read it; Workers get the original's text"),
            new Deliberate(
                    "A (\\d+ .*404|\\d+ worker-action-.*|\\d+ sleep-schedule-.*|\\d+ forget-blacklist.*)|B .*",
                    "body: .* instead of (404 page not found|Invalid|Worker not|expected JSON|Unable|not found|JWT).*",
                    "The words of such a refusal",
                    "what was refused",
                    "what was refused, and what to do",
                    "a person can act on it"),
            new Deliberate(
                    "B .*",
                    "WWW-Authenticate: Bearer .* instead of ",
                    "401 where people and tools must log in",
                    "says nothing about how",
                    "names the scheme",
                    "RFC 9110 asks for it"),
            new Deliberate(
                    "A \\d+ double-slash-clean",
                    "(status: 200 instead of 301|Location|Cache-Control|body).*",
                    "A path with two slashes",
                    "sent to the clean path",
                    "served at once",
                    "a redirected POST loses its body in most clients"),
            new Deliberate(
                    "A \\d+ task-child-after-parent",
                    "body\\.parents: .* instead of null",
                    "`parents` of a task that is handed out",
                    "lost on the way",
                    "there",
                    "it is part of the task; Workers ignore it"),
            new Deliberate(
                    "A \\d+ task-too-many-changed-204",
                    "(status: 200 instead of 204|Content-Type.*|body: .*t_unassigned.*)",
                    "The third task in a row that the Server has changed",
                    "204, and the Worker comes again",
                    "the next task that is unchanged",
                    "tasks are compared ahead of need, so nobody has to wait"),
            new Deliberate(
                    "A \\d+ task-after-too-many-changed|A \\d+ soft-failed-redispatch-w2|C \\d+ worker POST /task",
                    "body\\.(_etag|activity|worker|log|metrics): .*",
                    "`_etag`, `log`, `worker`, `activity` of a task that runs again",
                    "what the Server echoes",
                    "what is known here",
                    "comparing does not replace what the Manager itself decided, and Workers use none of it"),
            new Deliberate(
                    "A \\d+ may-i-run-(still-)?cancel-requested",
                    "body\\.reason: .* status cancel-requested instead of .* status canceled",
                    "A task that the Server wants stopped for the second time",
                    "`canceled`, even if it still runs",
                    "`cancel-requested` until its Worker has stopped",
                    "the truth is with the Worker"),
            new Deliberate(
                    "A \\d+ sleep-schedule-out-of-range-time",
                    "(status: 400 instead of 204|Content-Type.*|body: .*25:99.*)",
                    "A time such as 25:99",
                    "stored",
                    "refused",
                    "nobody knows when it is"),
            new Deliberate(
                    "A \\d+ redir-to-server",
                    "(Content-Type: .*|body: +instead of <a href.*)",
                    "The body of a redirect",
                    "a link",
                    "empty",
                    "the header says it all"),
            new Deliberate(
                    "A \\d+ (static-.*|restart-page)|B \\d+ (no-token static|open-.*)",
                    "(status: (404|401) instead of|Accept-Ranges|Content-Type|Cache-Control|Location|body).*",
                    "Web pages and their files",
                    "the original's",
                    "our own, under other paths",
                    "they are not part of the protocol"),
            new Deliberate(
                    "A \\d+ imagewatch-sse-first-event",
                    "body: .*event: notification.*",
                    "The first event of `/imagewatch`",
                    "some text",
                    "another text",
                    "any will do"),
            new Deliberate(
                    "A \\d+ shaman-(upload-wrong-checksum|bad-size|create-conflict)",
                    "(Content-Type: application/problem\\+json instead of text/plain|body: .*)",
                    "A refusal by the file store",
                    "plain text",
                    "a problem document with the same status",
                    "as everywhere on paths for people and tools"),
            new Deliberate(
                    "A \\d+ shaman-upload-again",
                    "(Content-Type: +instead of text/plain|body: +instead of File already stored.*)",
                    "A file that is stored already",
                    "208 with a sentence",
                    "208 without a body",
                    "the status says it all"),
            new Deliberate(
                    "A \\d+ shaman-(requirements|create)-.*",
                    "body: ERROR line 1: .* instead of ERROR invalid line 1: .*",
                    "What is wrong with a definition, behind `ERROR` and before the number of the line",
                    "its words",
                    "ours",
                    "they say what is wrong, and name the text"),
            new Deliberate(
                    "A \\d+ shaman-create-missing-file",
                    "body: file-unknown zzz\\n instead of file-unknown zzz\\n\\n",
                    "The list of files that are missing for a checkout",
                    "ends with an empty line",
                    "ends with its last line",
                    "as the answer to `/checkout/requirements` does"));

    private Deliberate(String where, String which, String what, String original, String here, String why) {
        this(Pattern.compile(where), Pattern.compile(which, Pattern.DOTALL), what, original, here, why);
    }

    /** The first that speaks of this difference. */
    static Optional<Deliberate> of(Exchange exchange, String difference) {
        return ALL.stream()
                .filter(one -> one.where.matcher(exchange.title()).matches()
                        && one.which.matcher(difference).matches())
                .findFirst();
    }

    /** A row of the page that lists them. */
    String row() {
        return "| " + what + " | " + original + " | " + here + " | " + why + " |\n";
    }
}
