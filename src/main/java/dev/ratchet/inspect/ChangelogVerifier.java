package dev.ratchet.inspect;

import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TransitionTable;
import dev.ratchet.v1.TaskStatusChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the records of the changelog, in order of their offsets, against promises 2 (chain) and 3 (forward) of {@code
 * docs/promises.md}. Compaction removes a task's oldest changes, so its first record may have any revision. Memory: about
 * 200 bytes a task. Not thread-safe.
 */
public final class ChangelogVerifier {
    private record Last(long revision, TaskStatus status, int epoch, long sequence, String source) {}

    private final Map<String, Last> tasks = new HashMap<>();
    private long changes;
    private long removed;
    private long startedOver;

    /** Checks the next record. {@return what is wrong with it; empty if nothing is} */
    public Optional<String> check(TopicRecord record) {
        return record.error().isEmpty()
                ? check(record.key(), (TaskStatusChange) record.avro())
                : Optional.of("cannot be decoded: " + record.error());
    }

    /**
     * Checks the next record of a task.
     *
     * @param change null for a tombstone: the task may come back with revision 1
     * @return which promise it breaks, and how; empty if none
     */
    Optional<String> check(String taskId, @Nullable TaskStatusChange change) {
        if (change == null) {
            tasks.remove(taskId);
            removed++;
            return Optional.empty();
        }
        changes++;
        if (change.getStatus() == dev.ratchet.v1.TaskStatus.UNKNOWN) {
            return Optional.of("status: expected one that this version knows, but a later version added it");
        }
        Last next = new Last(
                change.getRevision(),
                TaskStatus.valueOf(change.getStatus().name()),
                change.getEpoch(),
                change.getSequence(),
                change.getSource().name());
        Last last = tasks.put(taskId, next);
        if (last == null) {
            return Optional.empty();
        }
        if (next.revision == 1 && change.getPreviousStatus() == null) {
            startedOver++;
            return Optional.empty();
        }
        return chain(last, change).or(() -> forward(last, next, change));
    }

    private static Optional<String> chain(Last last, TaskStatusChange change) {
        if (change.getRevision() != last.revision + 1) {
            return Optional.of("chain: expected revision %d after %d, but got %d"
                    .formatted(last.revision + 1, last.revision, change.getRevision()));
        }
        String previous = String.valueOf(change.getPreviousStatus());
        return previous.equals(last.status.name())
                ? Optional.empty()
                : Optional.of("chain: expected revision %d to follow %s, but its previous status is %s"
                        .formatted(change.getRevision(), last.status, previous));
    }

    private static Optional<String> forward(Last last, Last next, TaskStatusChange change) {
        if (change.getCorrection() || next.epoch > last.epoch) {
            return Optional.empty();
        }
        if (next.epoch < last.epoch) {
            return Optional.of("forward: expected epoch %d or a later one in revision %d, but got %d"
                    .formatted(last.epoch, next.revision, next.epoch));
        }
        if (!TransitionTable.of(change.getTaskType()).permits(last.status, next.status)) {
            return Optional.of(
                    "forward: expected revision %d to be a step that Conductor makes or a correction, but it is %s"
                            .formatted(next.revision, last.status + " -> " + next.status));
        }
        boolean comparable = next.source.equals(last.source);
        return comparable && next.sequence < last.sequence
                ? Optional.of("forward: expected a sequence of at least %d in revision %d, but got %d"
                        .formatted(last.sequence, next.revision, next.sequence))
                : Optional.empty();
    }

    /** Number of changes checked. */
    public long changes() {
        return changes;
    }

    /** Number of tombstones read. */
    public long removed() {
        return removed;
    }

    /** How often a task's revisions started over at 1: {@code ratchet.changelog.republish}, or a reset. */
    public long startedOver() {
        return startedOver;
    }

    /** Number of tasks whose last record is a change. */
    public int tasks() {
        return tasks.size();
    }
}
