package dev.ratchet.stream.progress;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Tracks which partitions have caught up: they have read what their inputs held at assignment. Until then no timer
 * fires, because records of the backlog may resolve what the timer would report. Thread-safe.
 */
public final class CatchUpTracker {
    private final Map<Integer, PartitionProgress> partitions = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    public CatchUpTracker() {
        this(System::nanoTime);
    }

    /** @param nanos a clock like {@link System#nanoTime} */
    CatchUpTracker(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Starts to track a partition. To be called by the stream thread that owns it. */
    public PartitionProgress assigned(int partition) {
        PartitionProgress progress = new PartitionProgress(partition, Thread.currentThread(), nanos);
        partitions.put(partition, progress);
        return progress;
    }

    /** Ends what {@link #assigned} began. Has no effect if another thread owns the partition by now. */
    public void revoked(PartitionProgress progress) {
        partitions.remove(progress.partition(), progress);
    }

    public boolean isAssigned(int partition) {
        return partitions.containsKey(partition);
    }

    public boolean isDone(int partition) {
        PartitionProgress progress = partitions.get(partition);
        return progress != null && progress.isDone();
    }

    /** Assigned partitions that have not caught up, as far as is known. */
    List<PartitionProgress> behind() {
        return partitions.values().stream()
                .filter(progress -> !progress.isDone())
                .toList();
    }

    public List<PartitionProgress> assigned() {
        return List.copyOf(partitions.values());
    }

    /** Notes the result of one poll of the calling stream thread's consumer. */
    void consumed(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((input, next) -> {
            PartitionProgress progress = partitions.get(input.partition());
            if (progress != null && progress.isOf(Thread.currentThread())) {
                progress.consumed(input, records.records(input).isEmpty(), next.offset());
            }
        });
    }
}
