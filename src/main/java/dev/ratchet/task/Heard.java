package dev.ratchet.task;

/**
 * The latest record by (sequence, phase), of whatever epoch: what the source holds now.
 *
 * @param mark its status and place
 * @param evidence what else it carried
 * @param deleted whether the source has deleted the task since
 */
public record Heard(Mark mark, Evidence evidence, boolean deleted) {

    static Heard of(StatusEvent event) {
        return new Heard(event.mark(), event.evidence(), false);
    }

    /** What the source holds after this event too; this very object if it holds something later. */
    Heard orLater(StatusEvent event) {
        return event.mark().isLaterThan(mark) ? of(event) : this;
    }

    /** After a deletion at this sequence; this very object if something later was heard. */
    Heard deletedAt(long sequence) {
        return deleted || sequence <= mark.sequence() ? this : new Heard(mark, evidence, true);
    }
}
