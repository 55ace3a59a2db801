package dev.ratchet.task;

import dev.ratchet.task.ReportedStatus.ReportKind;

/**
 * Gives a row of a snapshot its place. The row shows what the table held when it was read, but its log position is
 * vague or unknown: in Debezium's initial snapshot it may be above that of a later change, and in an incremental
 * snapshot it is missing. So the row comes right after everything that was reported before it, and before the changes
 * that arrive after it. If a log is read again from before the snapshot, times decide: its changes were committed
 * before the row was written.
 */
final class SnapshotRule {
    private SnapshotRule() {}

    static Outcome reduceFirst(StatusEvent row) {
        return StatusReducer.startTask(row.withSequence(0));
    }

    static Outcome reduce(TaskState state, StatusEvent row) {
        if (SourceTakeover.isTakeover(row.source(), state)) {
            return SourceTakeover.reduce(state, row.withSequence(1));
        }
        ReportedStatus lastReported = state.lastReported();
        if (lastReported.kind() != ReportKind.SNAPSHOT && !isNewerRow(lastReported, row)) {
            return new Outcome.Ignored(
                    state,
                    "Expected a snapshot row read after the last change, which was at sequence "
                            + lastReported.observation().sequence() + ", but got one of "
                            + (row.sequence() == 0 ? "an unknown position" : "position " + row.sequence()));
        }
        if (lastReported.kind() == ReportKind.SNAPSHOT
                && lastReported.observation().status() == row.status()
                && lastReported.evidence().equals(row.evidence())) {
            return new Outcome.Unchanged(state);
        }
        return StatusReducer.reduceInSourceOrder(
                state, row.withSequence(lastReported.observation().sequence() + 1));
    }

    /** Whether the last report is a row that is newer than the change. */
    static boolean hasNewerRowThan(StatusEvent change, TaskState state) {
        return state.lastReported().kind() == ReportKind.SNAPSHOT
                && change.source() == EventSource.CDC
                && SourceTakeover.isOlderThan(writtenAt(state.lastReported().evidence()), state, change);
    }

    static Outcome ignore(TaskState state, StatusEvent change) {
        return SourceTakeover.ignore(
                state,
                change,
                "the row of the snapshot",
                writtenAt(state.lastReported().evidence()));
    }

    /** When the row was written at the latest known, ms; it may have been later. */
    private static long writtenAt(EpochEvidence row) {
        return Math.max(row.key().scheduledTime(), Math.max(row.startTime(), row.endTime()));
    }

    /** By position and by time: a redelivered snapshot may have the higher position, but never the later time. */
    private static boolean isNewerRow(ReportedStatus lastReported, StatusEvent row) {
        return row.sequence() > lastReported.observation().sequence()
                && row.occurredAt() > lastReported.observation().occurredAt();
    }
}
