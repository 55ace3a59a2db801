package dev.ratchet.topics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads the actual state of topics. */
final class TopicInspector {
    private static final long POLL_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /**
     * @param neverWritten known to have never been written to
     * @param configs in effect, those of the broker included, by Kafka's names
     */
    record ActualTopic(int partitions, boolean neverWritten, Map<String, String> configs) {}

    private final TopicClient client;

    TopicInspector(TopicClient client) {
        this.client = client;
    }

    /** The existing topics of the plan. Reads whether they were written to only if that matters. */
    Map<String, ActualTopic> inspect(TopicPlan plan) {
        Map<String, ActualTopic> found = new HashMap<>();
        plan.topics().forEach(spec -> find(spec.name()).ifPresent(topic -> found.put(spec.name(), topic)));
        if (!TopicComparison.areAligned(plan, found)) {
            plan.aligned().forEach(spec -> found.computeIfPresent(spec.name(), this::withNeverWritten));
        }
        return found;
    }

    private Optional<ActualTopic> find(String name) {
        return partitionCount(name)
                .flatMap(partitions -> configs(name).map(configs -> new ActualTopic(partitions, false, configs)));
    }

    Optional<Integer> partitionCount(String name) {
        return client.getUnless(
                UnknownTopicOrPartitionException.class,
                "describe topic " + name,
                client.admin
                        .describeTopics(List.of(name))
                        .allTopicNames()
                        .thenApply(topics ->
                                topics.values().iterator().next().partitions().size()));
    }

    Optional<Map<String, String>> configs(String name) {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        return client.getUnless(
                UnknownTopicOrPartitionException.class,
                "describe the configuration of topic " + name,
                client.admin
                        .describeConfigs(List.of(topic))
                        .all()
                        .thenApply(topics -> topics.values().stream()
                                .flatMap(config -> config.entries().stream())
                                .filter(entry -> entry.value() != null)
                                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value))));
    }

    private ActualTopic withNeverWritten(String name, ActualTopic topic) {
        boolean neverWritten = recordsWritten(name, topic.partitions())
                .filter(records -> records == 0)
                .isPresent();
        return new ActualTopic(topic.partitions(), neverWritten, topic.configs());
    }

    /** Number of records ever written, deleted ones included; empty if the partitions do not exist. */
    Optional<Long> recordsWritten(String name, int partitions) {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(number -> new TopicPartition(name, number), number -> OffsetSpec.latest()));
        return client.getUnless(
                UnknownTopicOrPartitionException.class,
                "read where topic " + name + " ends",
                client.admin
                        .listOffsets(ends)
                        .all()
                        .thenApply(found -> found.values().stream()
                                .mapToLong(end -> end.offset())
                                .sum()));
    }

    /** Waits until all partitions have a leader: brokers learn of a change after it is acknowledged. */
    void await(String name, int partitions) {
        awaitCondition(
                () -> recordsWritten(name, partitions).isPresent(),
                "Expected topic %s to have %d partitions by now, but no broker knows of them"
                        .formatted(name, partitions));
    }

    void awaitGone(String name) {
        awaitCondition(
                () -> partitionCount(name).isEmpty(),
                "Expected topic %s to be deleted by now, but the brokers still know it".formatted(name));
    }

    private void awaitCondition(BooleanSupplier condition, String otherwise) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > client.timeout.toNanos()) {
                throw new BrokerUnavailableException(otherwise);
            }
            LockSupport.parkNanos(POLL_INTERVAL_NANOS);
        }
    }
}
