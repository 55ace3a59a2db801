package dev.ratchet.stream.topology;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record: when it was written to its topic. An impossible timestamp (-1, 0, seconds instead of
 * milliseconds, the future) becomes now: with a time of 1970 the task would be dropped at once, and brokers reject one
 * in the future. Event times are in the values.
 */
final class RecordTimeExtractor implements TimestampExtractor {
    /** Conductor did not exist before. */
    private static final long EARLIEST = Instant.parse("2015-01-01T00:00:00Z").toEpochMilli();

    private final LongSupplier clock;

    /** @param clock ms since 1970 */
    RecordTimeExtractor(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long now = clock.getAsLong();
        long timestamp = record.timestamp();
        return timestamp >= EARLIEST && timestamp <= now ? timestamp : now;
    }
}
