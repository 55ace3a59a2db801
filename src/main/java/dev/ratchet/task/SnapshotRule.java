package dev.ratchet.task;

import dev.ratchet.task.ReportedStatus.Word;

/**
 * A row of a snapshot says what the table held when it was read. Its log position is known roughly or not at all: Debezium's
 * initial snapshot may carry one above that of a change that follows, and an incremental one carries none. So a row comes
 * right after all that was reported before it, and before the changes that arrive after it. A log that is read again from
 * before the snapshot is told by time: its changes were committed before what is in the row was written.
 */
final class SnapshotRule {
    private SnapshotRule() {}

    /** The first that is reported of a task. */
    static Outcome first(StatusEvent row) {
        return StatusReducer.start(row.at(0));
    }

    static Outcome next(TaskState state, StatusEvent row) {
        if (SourceTakeover.isFrom(row.source(), state)) {
            return SourceTakeover.next(state, row.at(1));
        }
        ReportedStatus lastReported = state.lastReported();
        if (lastReported.word() != Word.SNAPSHOT && !isNews(lastReported, row)) {
            return new Outcome.Ignored(
                    state,
                    "Expected a snapshot row read after the last change, which was at sequence "
                            + lastReported.observation().sequence() + ", but got one of "
                            + (row.sequence() == 0 ? "an unknown position" : "position " + row.sequence()));
        }
        if (lastReported.word() == Word.SNAPSHOT
                && lastReported.observation().status() == row.status()
                && lastReported.evidence().equals(row.evidence())) {
            return new Outcome.Unchanged(state);
        }
        return StatusReducer.ofTheSource(
                state, row.at(lastReported.observation().sequence() + 1));
    }

    /** Whether a row is held, and the change is older. */
    static boolean isNewerThan(StatusEvent change, TaskState state) {
        return state.lastReported().word() == Word.SNAPSHOT
                && change.source() == EventSource.CDC
                && SourceTakeover.isBefore(writtenAt(state.lastReported().evidence()), state, change);
    }

    static Outcome ignored(TaskState state, StatusEvent change) {
        return SourceTakeover.ignored(
                state,
                change,
                "the row of the snapshot",
                writtenAt(state.lastReported().evidence()));
    }

    /** When the row was written, ms, or earlier. */
    private static long writtenAt(EpochEvidence row) {
        return Math.max(row.key().scheduledTime(), Math.max(row.startTime(), row.endTime()));
    }

    /** By position and by time: a snapshot that is delivered again may have the higher position, but never the later time. */
    private static boolean isNews(ReportedStatus lastReported, StatusEvent row) {
        return row.sequence() > lastReported.observation().sequence()
                && row.occurredAt() > lastReported.observation().occurredAt();
    }
}
