package io.flamenco.shared.wire;

/** What a Server of ours takes from Managers beyond the Flamenco 2 protocol, and how it says so. */
public final class ServerCapabilities {

    /** The header of its answers in which a Server lists what it takes. */
    public static final String HEADER = "X-Flamenco-Capabilities";

    /** It takes {@link WorkerReport}s. */
    public static final String WORKER_REPORTS = "worker-reports";

    /** It takes small pictures of what tasks make. */
    public static final String PICTURES = "pictures";

    /** It tells Managers that wait for it what is new for them, as {@link ManagerNews}. */
    public static final String NEWS = "news";

    private ServerCapabilities() {}
}
