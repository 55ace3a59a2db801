package dev.ratchet.inspect;

import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TransitionTable;
import dev.ratchet.v1.TaskSource;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the records of the changelog, in order of their offsets, against promises 2 (chain) and 3 (forward) of {@code
 * docs/promises.md}. Compaction removes changes that were followed by others: what it may have removed cannot be checked,
 * and is counted. Memory: about 200 bytes for each task of a partition, if the partitions are read one after the other.
 * Not thread-safe.
 */
public final class ChangelogVerifier {
    private record Last(
            long revision, TaskStatus status, int epoch, long sequence, TaskSource source, long timestamp) {}

    private final long compactedUpTo;
    private final Map<String, Last> tasks = new HashMap<>();
    private long taskCount;
    private long changes;
    private long removed;
    private long startedOver;
    private long publishedAgain;
    private long unchecked;

    /** @param compactedUpTo compaction may have removed changes with earlier record timestamps than this, and no others */
    public ChangelogVerifier(Instant compactedUpTo) {
        this.compactedUpTo = compactedUpTo.toEpochMilli();
    }

    /** Checks the next record. {@return what is wrong with it; empty if nothing is} */
    public Optional<String> check(TopicRecord record) {
        if (!record.error().isEmpty()) {
            changes++;
            return Optional.of("cannot be decoded: " + record.error());
        }
        TaskStatusChange change = (TaskStatusChange) record.avro();
        if (change != null && !change.getTaskId().equals(record.key())) {
            changes++;
            return Optional.of("key: expected the task id " + change.getTaskId() + " as key");
        }
        boolean again = record.headers().has(RecordForwarder.REPUBLISHED);
        return check(record.key(), change, record.timestamp().toEpochMilli(), again);
    }

    /**
     * Checks the next record of a task.
     *
     * @param change null for a tombstone: the task may come back with revision 1
     * @param timestamp of the record, ms
     * @param again whether it is marked as a change that was published before
     * @return which promise it breaks, and how; empty if none
     */
    Optional<String> check(String taskId, @Nullable TaskStatusChange change, long timestamp, boolean again) {
        if (change == null) {
            tasks.remove(taskId);
            removed++;
            return Optional.empty();
        }
        changes++;
        if (change.getStatus() == dev.ratchet.v1.TaskStatus.UNKNOWN) {
            tasks.remove(taskId);
            return Optional.of("status: expected one that this version knows, but a later version added it");
        }
        Last next = new Last(
                change.getRevision(),
                TaskStatus.valueOf(change.getStatus().name()),
                change.getEpoch(),
                change.getSequence(),
                change.getSource(),
                timestamp);
        Last last = tasks.put(taskId, next);
        if (last == null) {
            unchecked += next.revision > 1 ? 1 : 0;
            return Optional.empty();
        }
        if (again && isSameChange(last, next)) {
            publishedAgain++;
            return Optional.empty();
        }
        if (next.revision == 1 && change.getPreviousStatus() == null) {
            startedOver++;
            return Optional.empty();
        }
        // Timestamps never decrease, so the missing changes are not older than the last one.
        if (next.revision > last.revision + 1 && last.timestamp < compactedUpTo) {
            unchecked++;
            return Optional.empty();
        }
        return chain(last, change).or(() -> forward(last, next, change));
    }

    private static boolean isSameChange(Last last, Last next) {
        return next.revision == last.revision && next.status == last.status && next.epoch == last.epoch;
    }

    /** To be called after the last record of a partition: its tasks have no more records. */
    public void endPartition() {
        taskCount += tasks.size();
        tasks.clear();
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
        boolean comparable = next.source == last.source;
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

    /** How often a change was published again, with the revision that it had: {@code ratchet republish}. */
    public long publishedAgain() {
        return publishedAgain;
    }

    /** How often changes before a change were not there, so that the step to it cannot be checked. */
    public long unchecked() {
        return unchecked;
    }

    /** Number of tasks of the ended partitions whose last record is a change. */
    public long tasks() {
        return taskCount;
    }
}
