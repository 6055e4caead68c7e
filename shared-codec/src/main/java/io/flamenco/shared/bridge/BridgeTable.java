package io.flamenco.shared.bridge;

import io.flamenco.shared.bus.Addresses;
import io.flamenco.shared.bus.Order;
import io.flamenco.shared.bus.Topic;
import io.flamenco.shared.id.ObjectIds;
import io.flamenco.shared.people.FarmRole;
import java.util.List;
import java.util.Optional;

/**
 * Who may hear and send what over SockJS and TCP; whatever does not stand here stays inside. {@code docs/addresses.md} is made
 * from it.
 *
 * @param heard what a role tells
 * @param sent what it can be told to do
 */
public record BridgeTable(List<Heard> heard, List<Sent> sent) {

    /** What a Manager tells, and can be told. */
    public static final BridgeTable MANAGER = new BridgeTable(
            List.of(
                    Heard.always(
                            Addresses.MANAGER_WORKER_STATUS_CHANGED,
                            "A Worker has another status, or another one is requested of it."),
                    Heard.always(
                            Addresses.MANAGER_TASK_STATUS_CHANGED,
                            "A task in the queue has another status, activity or progress."),
                    Heard.ofOneTask(
                            Addresses.MANAGER_TASK_LOG,
                            "Text was added to the log of the task. `offset` is where it begins in the file, in bytes: compare"
                                    + " it with the end of what came before, and fetch what is missing."),
                    Heard.always(Addresses.MANAGER_LATEST_IMAGE, "There is a new picture to look at.")),
            List.of(
                    Sent.by(
                            FarmRole.WRANGLER,
                            Addresses.MANAGER_WORKER_REQUEST_STATUS,
                            "A Worker shall become `awake`, `asleep` or `shutdown`, at once or (`lazy`) after its task.",
                            "POST /worker-action/{id} action=set-status"),
                    Sent.by(
                            FarmRole.WRANGLER,
                            Addresses.MANAGER_WORKER_ACK_TIMEOUT,
                            "It was seen that a Worker fell silent.",
                            "POST /worker-action/{id} action=ack-timeout"),
                    Sent.by(
                            FarmRole.WRANGLER,
                            Addresses.MANAGER_WORKER_SEND_TEST_JOB,
                            "A Worker shall run a test job.",
                            "POST /worker-action/{id} action=send-test-job")));

    /** What a Server tells, and can be told. */
    public static final BridgeTable SERVER = new BridgeTable(
            List.of(
                    Heard.always(
                            Addresses.SERVER_JOB_STATUS_CHANGED,
                            "A job has another status or other counts of tasks. `old_status` is empty for a new job, `status` for"
                                    + " one that was deleted."),
                    Heard.always(
                            Addresses.SERVER_TASK_STATUS_CHANGED, "A task has another status, activity or progress."),
                    Heard.always(
                            Addresses.SERVER_WORKER_STATUS_CHANGED,
                            "A Worker of any Manager has another status, or another one is requested of it."),
                    Heard.always(
                            Addresses.SERVER_JOB_PICTURE_ADDED,
                            "A job has another small picture of what its tasks make."),
                    Heard.always(
                            Addresses.SERVER_PROJECT_CHANGED,
                            "A project is new, was changed or was removed; `change` is `added`, `changed` or `removed`."),
                    Heard.always(
                            Addresses.SERVER_MANAGER_CHANGED,
                            "A Manager is new (`added`), has another name, URL or the like (`changed`), got credentials (`linked`), or"
                                    + " lost them (`revoked`)."),
                    Heard.by(
                            FarmRole.ADMIN,
                            Addresses.SERVER_USER_CHANGED,
                            "A user is new, was changed, locked, given a password, or removed; `change` is `added`, `changed` or"
                                    + " `removed`.")),
            List.of(
                    Sent.ofJob(Addresses.SERVER_JOB_CANCEL, "Stops the job."),
                    Sent.ofJob(Addresses.SERVER_JOB_REQUEUE, "Runs all tasks of the job again."),
                    Sent.ofJob(Addresses.SERVER_JOB_REQUEUE_FAILED, "Runs the failed tasks of the job again."),
                    Sent.ofJob(Addresses.SERVER_JOB_PAUSE, "Begins no further task of the job."),
                    Sent.by(
                            FarmRole.ARTIST,
                            Addresses.SERVER_TASK_REQUEUE,
                            "Runs a finished task again, with `successors` also those that wait for it.",
                            "POST /api/v1/tasks/{id}/requeue"),
                    Sent.by(
                            FarmRole.ARTIST,
                            Addresses.SERVER_TASK_CANCEL,
                            "Stops a task that is not finished.",
                            "POST /api/v1/tasks/{id}/cancel")));

    public BridgeTable {
        heard = List.copyOf(heard);
        sent = List.copyOf(sent);
    }

    /**
     * An address that can be listened to.
     *
     * @param ofOneTask whether the id of a task follows the address, with a dot between them
     * @param least the least role that may listen
     */
    public record Heard(Topic<?> topic, boolean ofOneTask, FarmRole least, String meaning) {

        static Heard always(Topic<?> topic, String meaning) {
            return new Heard(topic, false, FarmRole.VIEWER, meaning);
        }

        static Heard by(FarmRole least, Topic<?> topic, String meaning) {
            return new Heard(topic, false, least, meaning);
        }

        static Heard ofOneTask(Topic<?> topic, String meaning) {
            return new Heard(topic, true, FarmRole.VIEWER, meaning);
        }

        /** The topic at that address; empty when it is another one's. */
        Optional<Topic<?>> at(String address) {
            String prefix = topic.address() + ".";
            boolean fits = ofOneTask
                    ? address.startsWith(prefix) && ObjectIds.isValid(address.substring(prefix.length()))
                    : address.equals(topic.address());
            return fits ? Optional.of(new Topic<>(address, topic.type())) : Optional.empty();
        }
    }

    /**
     * An address to which an order can be sent.
     *
     * @param least the least role that may send it; more may be asked, as of its twin
     * @param twin what does the same over REST, with the same permissions
     */
    public record Sent(Order<?> order, FarmRole least, String meaning, String twin) {

        static Sent by(FarmRole least, Order<?> order, String meaning, String twin) {
            return new Sent(order, least, meaning, twin);
        }

        static Sent ofJob(Order<?> order, String meaning) {
            String action = order.address().substring(order.address().lastIndexOf('.') + 1);
            return new Sent(order, FarmRole.ARTIST, meaning, "POST /api/v1/jobs/{id}/" + action);
        }
    }

    /** The line for an address to send to; empty when nothing can be sent there. */
    Optional<Sent> sending(String address) {
        return sent.stream()
                .filter(line -> line.order().address().equals(address))
                .findFirst();
    }

    /** The line for an address to listen to; empty when nobody outside may. */
    Optional<Heard> hearing(String address) {
        return heard.stream().filter(line -> line.at(address).isPresent()).findFirst();
    }
}
