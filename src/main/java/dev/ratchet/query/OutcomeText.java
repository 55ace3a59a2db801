package dev.ratchet.query;

import dev.ratchet.task.EpochDecision;
import dev.ratchet.task.OutcomeKind;

/** What became of an event, and why an epoch began, in words. */
final class OutcomeText {
    private OutcomeText() {}

    static String of(OutcomeKind kind) {
        return switch (kind) {
            case ACCEPTED -> "The current status changed, and the change was published.";
            case CORRECTION ->
                "The event arrived late. The current status was corrected, and the correction published.";
            case UNCHANGED -> "Nothing changed: a heartbeat, or a row written again.";
            case DUPLICATE -> "Rejected: the same report arrived before.";
            case OUT_OF_ORDER -> "Rejected: a later event arrived before it.";
            case BACKWARD_TRANSITION -> "Rejected: the status must not follow the current one.";
            case TERMINAL_CONFLICT -> "Rejected: the task had ended with another status.";
            case STALE_EPOCH -> "Rejected: the event belongs to an earlier epoch.";
            case SOURCE_MISMATCH -> "Rejected: the event is of another source than the task.";
            case IGNORED -> "Ignored: a deletion, or an answer without a status.";
        };
    }

    static String of(EpochDecision decision) {
        return switch (decision) {
            case FIRST -> "The first event of the task.";
            case STATED -> "The producer stated the epoch.";
            case KEY -> "A later scheduledTime or a higher retryCount: a rerun, a retry, or a cancelled sibling.";
            case REOPENED -> "A record reopened the end that it carried.";
            case SIBLING -> "A rerun of another task put this one back into its queue.";
            case CLOCK_SKEW -> "A fresh start with an earlier scheduledTime: the clock of another server.";
            case RERUN -> "A rerun.";
            case RESUMED -> "Conductor continued from a copy of an earlier epoch.";
            case OLDER, SAME, JOINS -> throw new IllegalArgumentException("No epoch begins with " + decision);
        };
    }
}
