package dev.ratchet.cluster;

import dev.ratchet.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Contents of an application's store changelogs, which a new owner of a partition has to restore. */
final class StoreChangelogs {
    /**
     * Key of the record with the limits of the timers. An instance that owned a partition briefly has written it, and does not
     * restore it again.
     */
    private static final int LIMITS_KEY_BYTES = 2;

    private static final List<String> STORES = List.of("task-states", "timers");

    private final Settings settings;

    StoreChangelogs(Settings settings) {
        this.settings = settings;
    }

    /**
     * Whether there is something to restore and standby tasks have all of it.
     *
     * @param standby number of records restored by each standby task, by partition; not empty
     */
    boolean areHeldBy(Map<Integer, Double> standby) {
        return !standby.isEmpty()
                && standby.entrySet().stream().allMatch(held -> {
                    long records = records(held.getKey());
                    return 0 < records && records <= held.getValue();
                });
    }

    /** {@return the committed records of one partition} */
    private long records(int partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        settings.kafka().get("bootstrap.servers"),
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = STORES.stream()
                    .map(store ->
                            new TopicPartition(settings.application().id() + "-" + store + "-changelog", partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return Stream.generate(() -> consumer.poll(Duration.ofMillis(100)))
                    .takeWhile(records -> !records.isEmpty()
                            || partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one)))
                    .flatMap(records -> StreamSupport.stream(records.spliterator(), false))
                    .filter(record -> record.key().length != LIMITS_KEY_BYTES)
                    .count();
        }
    }
}
