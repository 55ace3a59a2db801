package dev.ratchet.stream.progress;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link InputOffsets} through Kafka's admin client. */
public final class AdminInputOffsets implements InputOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(AdminInputOffsets.class);
    private final Admin admin;
    private final String group;

    AdminInputOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** Creates an admin client, which is closed with this object. */
    public static AdminInputOffsets of(Settings settings) {
        return new AdminInputOffsets(
                Admin.create(KafkaClientSettings.admin(settings.kafka(), "ratchet-lag")),
                settings.application().id());
    }

    @Override
    public Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        AdminTimeout.await(admin.listConsumerGroupOffsets(
                                group, new ListConsumerGroupOffsetsOptions().timeoutMs(AdminTimeout.TIMEOUT_MS))
                        .partitionsToOffsetAndMetadata())
                .forEach((input, committed) -> {
                    if (committed != null) {
                        offsets.put(input, committed.offset());
                    }
                });
        return offsets;
    }

    @Override
    public Map<TopicPartition, Long> starts(Collection<TopicPartition> inputs) throws InterruptedException {
        return offsets(inputs, OffsetSpec.earliest());
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> inputs) throws InterruptedException {
        return offsets(inputs, OffsetSpec.latest());
    }

    /** Waits once for all partitions: one without a leader takes the whole time, the others have answered by then. */
    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> inputs, OffsetSpec which)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted =
                inputs.stream().collect(Collectors.toMap(input -> input, input -> which));
        ListOffsetsOptions options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
        ListOffsetsResult result = admin.listOffsets(wanted, options.timeoutMs(AdminTimeout.TIMEOUT_MS));
        long began = System.nanoTime();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition input : wanted.keySet()) {
            long left = TimeUnit.MILLISECONDS.toNanos(AdminTimeout.GIVE_UP_AFTER_MS) - (System.nanoTime() - began);
            try {
                offsets.put(
                        input,
                        result.partitionResult(input)
                                .get(Math.max(0, left), TimeUnit.NANOSECONDS)
                                .offset());
            } catch (ExecutionException | TimeoutException unknown) {
                LOG.debug("No broker returned the offset of {}", input, unknown);
            }
        }
        return offsets;
    }

    @Override
    public Set<TopicPartition> leaderless(Collection<String> topics) throws InterruptedException, TimeoutException {
        Set<TopicPartition> leaderless = new HashSet<>();
        DescribeTopicsOptions options = new DescribeTopicsOptions().timeoutMs(AdminTimeout.TIMEOUT_MS);
        for (var topic : admin.describeTopics(topics, options).topicNameValues().entrySet()) {
            try {
                for (TopicPartitionInfo partition :
                        AdminTimeout.await(topic.getValue()).partitions()) {
                    if (partition.leader() == null || partition.leader().isEmpty()) {
                        leaderless.add(new TopicPartition(topic.getKey(), partition.partition()));
                    }
                }
            } catch (ExecutionException unknown) {
                LOG.debug("No broker returned the leaders of {}", topic.getKey(), unknown);
            }
        }
        return leaderless;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
