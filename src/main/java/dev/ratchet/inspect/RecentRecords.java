package dev.ratchet.inspect;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic backwards from its end, in pages, committed records only. Thread-safe; each call has its own consumer
 * without a group.
 */
public final class RecentRecords {
    private static final int FETCH_BYTES = 8 * 1024 * 1024;

    private final Map<String, Object> kafka;
    private final Settings settings;
    private final SchemaRegistry registry;
    private final Duration deadline;

    /** @param deadline of one call, brokers that do not answer included */
    public RecentRecords(Settings settings, SchemaRegistry registry, Duration deadline) {
        this.settings = settings;
        this.registry = registry;
        this.deadline = deadline;
        kafka = new HashMap<>(KafkaClientSettings.reader(settings.kafka()));
        kafka.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) deadline.toMillis());
        kafka.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) deadline.toMillis());
        kafka.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // retention may pass a cursor
    }

    /**
     * What to read.
     *
     * @param limit maximum number of records
     * @param before by partition: only records with a lower offset; empty for all
     * @param since no record with an earlier timestamp
     * @param selection makes what is kept of a record; empty to skip it
     */
    public record Query<T>(
            RatchetTopic topic,
            int limit,
            Map<Integer, Long> before,
            Instant since,
            Function<TopicRecord, Optional<T>> selection) {}

    /**
     * Records, newest first. Each record of the topic is on one page only. A page may have fewer records than the limit
     * although more follow: then as many were looked at as one call may.
     *
     * @param next for {@link Query#before} of the next page; empty if this is the last one
     */
    public record Page<T>(List<T> records, Map<Integer, Long> next) {}

    /**
     * Reads a page. Looks at up to 20,000 records and 64 MiB.
     *
     * @throws NoSuchTopicException if the topic does not exist
     * @throws IllegalArgumentException if {@code before} names a partition that does not exist
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer within the deadline
     * @throws dev.ratchet.registry.RegistryUnavailableException if the registry does not answer
     */
    public <T> Page<T> read(Query<T> query) {
        long end = System.nanoTime() + deadline.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new BackwardReading<>(consumer, new RecordDecoder(settings, registry), query, settings, end).read();
        }
    }
}
