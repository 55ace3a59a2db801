package dev.ratchet.task;

/**
 * That a status was reported at a point of the source's order.
 *
 * @param status the status reported
 * @param sequence where in the source's order
 * @param occurredAt event time of that report, ms
 */
public record Observation(TaskStatus status, long sequence, long occurredAt) {

    /** Order of (sequence, phase): the source's own, ties broken by how far along the status is. */
    public boolean isLaterThan(Observation other) {
        return sequence != other.sequence ? sequence > other.sequence : status.compareTo(other.status) > 0;
    }

    /** The same report at another place of the source's order. */
    Observation at(long place) {
        return new Observation(status, place, occurredAt);
    }

    /** In words. */
    String told() {
        return status + " at sequence " + sequence;
    }
}
