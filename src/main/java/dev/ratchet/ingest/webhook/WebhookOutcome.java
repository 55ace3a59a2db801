package dev.ratchet.ingest.webhook;

/** The outcome of a request to the webhook. Each request has exactly one. */
public enum WebhookOutcome {
    /** A task's status event, stored in Kafka. */
    ACCEPTED(200),
    /** A workflow notification: valid, but nothing to store. */
    WORKFLOW(200),
    /** Not a notification, or not usable: without any time, with times out of range, or with control characters in ids. */
    MALFORMED(400),
    /** A task notification with a status that Ratchet does not know. */
    UNKNOWN_STATUS(400),
    /** The client disconnected, or did not send the whole body in time. */
    ABORTED(408),
    UNAUTHORIZED(401),
    /** From another machine, while no token is configured. */
    FORBIDDEN(403),
    /** Larger than the limit, or than Kafka accepts. */
    TOO_LARGE(413),
    FAILED(500),
    BUSY(503),
    /**
     * Kafka did not acknowledge it in time. It may have stored it; a duplicate does no harm. Or Ratchet still waits for
     * Kafka or the registry at start.
     */
    UNAVAILABLE(503);

    private final int status;

    WebhookOutcome(int status) {
        this.status = status;
    }

    int status() {
        return status;
    }

    boolean isRefusal() {
        return this != ACCEPTED && this != WORKFLOW;
    }
}
