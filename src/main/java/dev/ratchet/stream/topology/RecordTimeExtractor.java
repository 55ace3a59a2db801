package dev.ratchet.stream.topology;

import java.time.Instant;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a record: when it was put on its topic. A timestamp that cannot be that (-1, 0, seconds instead of
 * milliseconds, the future) becomes now: a time of 1970 would have the task forgotten at once, and brokers refuse one
 * of the future. Event times are in the values.
 */
final class RecordTimeExtractor implements TimestampExtractor {
    /** Ratchet and Conductor are younger. */
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
