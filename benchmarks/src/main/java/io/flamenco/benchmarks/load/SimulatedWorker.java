package io.flamenco.benchmarks.load;

import io.flamenco.benchmarks.http.Answer;
import io.flamenco.benchmarks.http.Connection;
import io.flamenco.benchmarks.http.Requests;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A registered Worker that renders nothing. For one event loop. */
public final class SimulatedWorker {

    private static final String ID_KEY = "\"_id\":\"";
    private static final int ID_LENGTH = 24;

    private final Connection connection;
    private final Requests requests;
    private final Buffer askTask;
    private final Buffer statusChange;
    private String task = "";
    private Buffer mayIRun;

    /** A Worker that talks over that connection. */
    public SimulatedWorker(Connection connection, Requests requests) {
        this.connection = connection;
        this.requests = requests;
        this.askTask = requests.post("/task", "");
        this.mayIRun = requests.get("/may-i-run/");
        this.statusChange = requests.get("/status-change");
    }

    /** Signs on with nothing changed. */
    public Future<Answer> signOn() {
        return connection.send(requests.post("/sign-on", "{}"));
    }

    /** Asks for a task and remembers the one that it gets. */
    public Future<Answer> askTask() {
        return connection.send(askTask).map(this::remember);
    }

    /** Asks for a task and is content to wait for it so many seconds. */
    public Future<Answer> awaitTask(int seconds) {
        return connection
                .send(requests.post("/task", "Prefer: wait=" + seconds, ""))
                .map(this::remember);
    }

    /** Sends an update of the task that it got last. */
    public Future<Answer> update(String json) {
        return connection.send(requests.post("/tasks/" + task + "/update", json));
    }

    /** Asks whether it may go on with the task that it got last. */
    public Future<Answer> mayIRun() {
        return connection.send(mayIRun);
    }

    /** Asks whether another status is wanted of it. */
    public Future<Answer> statusChange() {
        return connection.send(statusChange);
    }

    /** Gives back the task that it got last. */
    public Future<Answer> returnTask() {
        return connection.send(requests.post("/tasks/" + task + "/return", ""));
    }

    /** The id of the task that it got last; empty before the first. */
    public String task() {
        return task;
    }

    /** Ends its connection. */
    public Future<Void> close() {
        return connection.close();
    }

    private Answer remember(Answer answer) {
        if (answer.status() == 200) {
            task = firstId(answer);
            mayIRun = requests.get("/may-i-run/" + task);
        }
        return answer;
    }

    /** The first id in the document is the task's own: both generations of Managers write it first. */
    static String firstId(Answer answer) {
        String json = answer.body();
        int at = json.indexOf(ID_KEY);
        if (at < 0 || at + ID_KEY.length() + ID_LENGTH > json.length()) {
            throw new IllegalStateException("no id in the Manager's answer " + answer);
        }
        return json.substring(at + ID_KEY.length(), at + ID_KEY.length() + ID_LENGTH);
    }
}
