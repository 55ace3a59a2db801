package dev.ratchet.stream.progress;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * Which partitions have read what their inputs held when they were assigned. Until then no timer fires: a backlog would
 * raise what it goes on to finish. Thread-safe.
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

    /** For the stream thread that owns the partition from now on. */
    public PartitionProgress assigned(int partition) {
        PartitionProgress progress = new PartitionProgress(partition, Thread.currentThread(), nanos);
        partitions.put(partition, progress);
        return progress;
    }

    /** Ends what {@link #assigned} began; the partition may be another thread's already, which this does not affect. */
    public void revoked(PartitionProgress progress) {
        partitions.remove(progress.partition(), progress);
    }

    /** Whether a thread of this process owns the partition. */
    public boolean isAssigned(int partition) {
        return partitions.containsKey(partition);
    }

    public boolean isDone(int partition) {
        PartitionProgress progress = partitions.get(partition);
        return progress != null && progress.isDone();
    }

    /** Those that are still behind, as far as is known. */
    List<PartitionProgress> behind() {
        return partitions.values().stream()
                .filter(progress -> !progress.isDone())
                .toList();
    }

    /** All that are assigned to a thread of this process. */
    public List<PartitionProgress> assigned() {
        return List.copyOf(partitions.values());
    }

    /** What one poll of the calling stream thread's consumer returned. */
    void consumed(ConsumerRecords<byte[], byte[]> records) {
        records.nextOffsets().forEach((input, next) -> {
            PartitionProgress progress = partitions.get(input.partition());
            if (progress != null && progress.isOf(Thread.currentThread())) {
                progress.consumed(input, records.records(input).isEmpty(), next.offset());
            }
        });
    }

    /** This partition has read all there was. */
    public void done(int partition) {
        PartitionProgress progress = partitions.get(partition);
        if (progress != null) {
            progress.done();
        }
    }
}
