package dev.ratchet.stream.deferred;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.v1.TaskStatusChange;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks that the registry is the one that the changelog was written with. Only Ratchet writes there, so a registry
 * that does not know the schema of its newest records is wrong or has lost its schemas.
 */
public final class ChangelogSchemaCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ChangelogSchemaCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Offsets to read at the end of each partition: some of them are transaction markers. */
    private static final int TAIL = 50;

    private ChangelogSchemaCheck() {}

    /**
     * Reads the end of the changelog and asks the registry.
     *
     * @return whether the registry is proven right; false if the changelog proves nothing, for example because it is
     *     empty
     * @throws WrongRegistryException if the registry does not know the schema
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or returns an error
     */
    public static boolean verify(SchemaRegistry registry, Settings settings) {
        OptionalInt id = AvroSerdes.areBuiltIn(settings.serde()) ? newest(settings) : OptionalInt.empty();
        if (id.isEmpty()) {
            return false;
        }
        String expected = TaskStatusChange.getClassSchema().getFullName();
        String found = name(registry, id.getAsInt()).orElse("nothing");
        if (!found.equals(expected)) {
            throw new WrongRegistryException(
                    ("Expected the schema registry at %s to hold %s under id %d, which the newest records of %s use,"
                                    + " but it holds %s: it is another registry, or has lost its schemas. Correct"
                                    + " ratchet.schema.registry.url, or import the schemas with their ids")
                            .formatted(
                                    settings.registry().shownUrl(),
                                    expected,
                                    id.getAsInt(),
                                    settings.topics().changelog(),
                                    found));
        }
        return true;
    }

    private static Optional<String> name(SchemaRegistry registry, int id) {
        try {
            Schema schema = registry.byId(id);
            return Optional.of(schema.getFullName());
        } catch (RegistryRefusedException refused) {
            if (refused.isNotFound()) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    private static OptionalInt newest(Settings settings) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
            return newest(consumer, settings.topics().changelog());
        } catch (AuthorizationException | TimeoutException unread) {
            LOG.warn(
                    "RATCHET-1301 Cannot read the changelog, so Ratchet cannot check that this is the registry"
                            + " it was written with. Check that the user may read the changelog. registry={}"
                            + " error={}",
                    settings.registry().shownUrl(),
                    unread.getMessage());
            return OptionalInt.empty();
        }
    }

    private static OptionalInt newest(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        ends.forEach(
                (partition, end) -> consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - TAIL)));
        long newest = Long.MIN_VALUE;
        OptionalInt schema = OptionalInt.empty();
        long began = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        "no broker returned the end of " + topic + " within " + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                int id = DeferredRecord.schema(record.value());
                if (id >= 0 && record.timestamp() >= newest) {
                    newest = record.timestamp();
                    schema = OptionalInt.of(id);
                }
            }
        }
        return schema;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Settings settings) {
        Map<String, Object> all = KafkaClientSettings.reader(settings.kafka());
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        all.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        return new KafkaConsumer<>(all, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
