package dev.ratchet.stream.state;

import dev.ratchet.state.OpenAlertDetails;
import dev.ratchet.state.UnreadableStateException;
import dev.ratchet.task.Alert;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/**
 * The open alerts of one partition: one entry for each in the store of the timers, which is written in the transaction
 * of the record that opens or resolves the alert. Others read them from that store: {@link #all}, {@link #of(AlertKind)}
 * and {@link #decode}.
 *
 * <p>Also counts them by kind. The stream thread writes; any thread may read the counts.
 */
public final class OpenAlerts {
    /** Keys begin with these bytes, the kind's ordinal and the task id; they are before those of timers. */
    private static final byte[] PREFIX = {0, 4};

    private static final AlertKind[] KINDS = AlertKind.values();

    /**
     * A range of keys.
     *
     * @param from inclusive
     * @param to inclusive; no entry has this key
     */
    public record KeyRange(Bytes from, Bytes to) {}

    private final TimerStore store;
    private final AtomicLongArray counts = new AtomicLongArray(KINDS.length);

    public OpenAlerts(TimerStore store) {
        this.store = store;
        count();
    }

    /** {@return the keys of all open alerts, by kind, then by task id} */
    public static KeyRange all() {
        return new KeyRange(Bytes.wrap(PREFIX), Bytes.wrap(new byte[] {PREFIX[0], (byte) (PREFIX[1] + 1)}));
    }

    /** {@return the keys of the open alerts of one kind, by task id} */
    public static KeyRange of(AlertKind kind) {
        return new KeyRange(prefix(code(kind)), prefix(code(kind) + 1));
    }

    /** {@return the key of an alert; no entry has it unless the alert is open} */
    public static Bytes key(AlertKind kind, String taskId) {
        byte[] id = taskId.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(PREFIX.length + 1 + id.length)
                .put(PREFIX)
                .put((byte) code(kind))
                .put(id)
                .array());
    }

    /**
     * Decodes an entry whose key is in one of the ranges. If a later version wrote the value, or it is damaged, the
     * message says so.
     */
    public static OpenAlert decode(Bytes key, byte[] value) {
        byte[] bytes = key.get();
        int head = PREFIX.length + 1;
        OpenAlertDetails details = details(value);
        return new OpenAlert(
                kind(bytes[PREFIX.length]),
                new String(bytes, head, bytes.length - head, StandardCharsets.UTF_8),
                details.taskType(),
                details.workflowId(),
                details.referenceName(),
                details.message(),
                details.openedAt());
    }

    /** One value that cannot be read must not hide the other alerts. */
    private static OpenAlertDetails details(byte[] value) {
        try {
            return OpenAlertDetails.of(value);
        } catch (UnreadableStateException e) {
            return new OpenAlertDetails(0, "", "", "", "The details cannot be read. " + e.getMessage());
        }
    }

    /** {@return the number of open alerts of a kind} */
    public long count(AlertKind kind) {
        return counts.get(code(kind));
    }

    /** Notes that an alert is opened or resolved. */
    public void update(TaskStatusAlert alert) {
        Bytes key = key(alert.getKind(), alert.getTaskId());
        boolean opens = alert.getState() == AlertState.OPENED;
        if (opens) {
            put(
                    key,
                    new OpenAlertDetails(
                            alert.getRaisedAt().toEpochMilli(),
                            alert.getTaskType(),
                            alert.getWorkflowId(),
                            alert.getReferenceTaskName(),
                            alert.getMessage()));
        } else {
            store.put(key, null);
        }
        int code = code(alert.getKind());
        counts.lazySet(code, counts.get(code) + (opens ? 1 : -1));
    }

    /**
     * Brings the entry of SOURCE_SILENT into line with what the partition has reported, which a version without this index
     * may have done.
     *
     * @param application in place of a task id
     */
    public void alignSilence(String application, boolean isOpen, long now) {
        Bytes key = key(AlertKind.SOURCE_SILENT, application);
        if ((store.get(key) != null) != isOpen) {
            if (isOpen) {
                put(key, new OpenAlertDetails(now, "", "", "", ""));
            } else {
                store.put(key, null);
            }
            counts.lazySet(code(AlertKind.SOURCE_SILENT), isOpen ? 1 : 0);
        }
    }

    /** Adds the open alerts of a task that have no entry yet. The caller {@link #count counts} at the end. */
    void add(TrackedTask tracked) {
        TaskIdentity task = tracked.task().task();
        for (Alert open : Alert.between(Optional.empty(), tracked.task())) {
            Bytes key = key(AlertKind.valueOf(open.kind().name()), task.taskId());
            if (store.get(key) == null) {
                put(
                        key,
                        new OpenAlertDetails(
                                tracked.lastEventAt(),
                                task.taskType(),
                                task.workflowId(),
                                task.referenceTaskName(),
                                open.message()));
            }
        }
    }

    /** Counts the entries anew. */
    void count() {
        long[] found = new long[KINDS.length];
        KeyRange all = all();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(all.from(), all.to())) {
            while (entries.hasNext()) {
                found[code(kind(entries.next().key.get()[PREFIX.length]))]++;
            }
        }
        for (int code = 0; code < found.length; code++) {
            counts.lazySet(code, found[code]);
        }
    }

    /**
     * Deletes the entries of tasks.
     *
     * @param budget whether one more may be deleted
     * @return whether all are deleted
     */
    boolean clear(TimerBudget.Turn budget) {
        for (Alert.Kind kind : Alert.Kind.values()) {
            KeyRange range = of(AlertKind.valueOf(kind.name()));
            try (KeyValueIterator<Bytes, byte[]> entries = store.range(range.from(), range.to())) {
                while (entries.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = entries.next();
                    if (!budget.take()) {
                        return false;
                    }
                    store.put(entry.key, null);
                }
            }
        }
        return true;
    }

    private void put(Bytes key, OpenAlertDetails details) {
        store.put(key, details.toBytes());
    }

    private static Bytes prefix(int code) {
        return Bytes.wrap(new byte[] {PREFIX[0], PREFIX[1], (byte) code});
    }

    private static AlertKind kind(byte code) {
        return code > 0 && code < KINDS.length ? KINDS[code] : AlertKind.UNKNOWN;
    }

    @SuppressWarnings("EnumOrdinal") // OpenAlertsTest checks the ordinals
    private static int code(AlertKind kind) {
        return kind.ordinal();
    }
}
