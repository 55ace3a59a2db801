package dev.ratchet.task;

/**
 * A status that was reported at one point in the source's order.
 *
 * @param status the reported status
 * @param sequence the place in the source's order
 * @param occurredAt event time of the report, ms
 */
public record Observation(TaskStatus status, long sequence, long occurredAt) {

    /** Compares by (sequence, phase): the source's order, ties broken by how far the status has progressed. */
    public boolean isLaterThan(Observation other) {
        return sequence != other.sequence ? sequence > other.sequence : status.compareTo(other.status) > 0;
    }

    /** The same report at another place in the source's order. */
    Observation withSequence(long newSequence) {
        return new Observation(status, newSequence, occurredAt);
    }

    String describe() {
        return status + " at sequence " + sequence;
    }
}
