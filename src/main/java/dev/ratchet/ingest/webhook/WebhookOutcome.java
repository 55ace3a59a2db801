package dev.ratchet.ingest.webhook;

/** What became of a request to the webhook; each comes to exactly one of these. */
public enum WebhookOutcome {
    /** A task's status event, which Kafka has. */
    ACCEPTED(200),
    /** A notification of a workflow: sound, but nothing to store. */
    WORKFLOW(200),
    /** No notification, or one that cannot be used: without order, with times out of bounds, with control characters in ids. */
    MALFORMED(400),
    /** A notification of a task, in a status that Ratchet does not know. */
    UNKNOWN_STATUS(400),
    /** The caller went away, or took too long, before all was there. */
    ABORTED(408),
    /** Without the token. */
    UNAUTHORIZED(401),
    /** From another machine, and there is no token. */
    FORBIDDEN(403),
    /** Larger than the limit, or than Kafka takes. */
    TOO_LARGE(413),
    /** A mistake in Ratchet. */
    FAILED(500),
    /** Too many at a time. */
    BUSY(503),
    /** Kafka did not take it in time. It may have it all the same: what it gets twice is harmless. */
    UNAVAILABLE(503);

    private final int status;

    WebhookOutcome(int status) {
        this.status = status;
    }

    /** HTTP's. */
    int status() {
        return status;
    }

    boolean isRefusal() {
        return this != ACCEPTED && this != WORKFLOW;
    }
}
