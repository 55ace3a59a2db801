package dev.ratchet.task;

import dev.ratchet.task.EpochEvidence.Flag;

/**
 * What the source holds now, as far as is known: the latest record by (sequence, phase), of whatever epoch, or what
 * Conductor answered when it was asked since.
 *
 * @param observation its status and place; of an answer, the place it was asked as of
 * @param evidence what else it carried
 * @param word how it is known
 */
public record ReportedStatus(Observation observation, EpochEvidence evidence, Word word) {

    /** How it is known what the source holds. */
    public enum Word {
        /** A record of the source said so. */
        REPORTED,
        /** The source has deleted the task since. */
        DELETED,
        /** Conductor said so when it was asked, after the record of that sequence: an audit, or the end of a repair. */
        ASKED,
        /** A snapshot of the table said so, and no change has followed. */
        SNAPSHOT
    }

    static ReportedStatus of(StatusEvent event) {
        Word word = event.source() == EventSource.AUDIT ? Word.ASKED : event.snapshot() ? Word.SNAPSHOT : Word.REPORTED;
        return new ReportedStatus(event.observation(), event.evidence(), word);
    }

    public boolean deleted() {
        return word == Word.DELETED;
    }

    /** What the source holds after this event too; this very object if it holds something later. */
    ReportedStatus orLater(StatusEvent event) {
        if (event.source() == EventSource.AUDIT) {
            return event.status() == observation.status() ? this : of(event);
        }
        // An answer is later than any record of the sequence it was asked as of, whatever the phase.
        boolean later = word == Word.ASKED
                ? event.sequence() > observation.sequence()
                : event.observation().isLaterThan(observation);
        return later ? of(event) : this;
    }

    /** After a deletion at this sequence; this very object if something later was heard. */
    ReportedStatus deletedAt(long sequence) {
        return deleted() || sequence <= observation.sequence()
                ? this
                : new ReportedStatus(observation, evidence, Word.DELETED);
    }

    /** The same, before everything in the order of another source. */
    ReportedStatus atBeginning() {
        return new ReportedStatus(observation.at(0), evidence, word);
    }

    /** After Conductor answered that it holds this status. */
    ReportedStatus answered(TaskStatus status) {
        return new ReportedStatus(
                new Observation(status, observation.sequence(), observation.occurredAt()), evidence, Word.ASKED);
    }

    /** A SUB_WORKFLOW task that has ended is open again because its child is; its end may be without a time. */
    boolean isOpenedForItsChildBy(StatusEvent event) {
        EpochEvidence after = event.evidence();
        return evidence.endTime() == 0
                && evidence.subworkflowChanged() == Flag.NO
                && after.subworkflowChanged() == Flag.YES
                && after.startTime() == evidence.startTime()
                && after.pollCount() == evidence.pollCount();
    }
}
