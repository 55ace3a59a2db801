package dev.ratchet.stream.runtime;

import dev.ratchet.config.KafkaClientSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.stream.progress.InputOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the monitors of the stream ask the brokers, and tell them, through one of Kafka's admin clients. */
final class StreamAdmin implements InputOffsets, OrphanedTransactions.Brokers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamAdmin.class);
    private static final int TIMEOUT_MS = 5_000;

    /** Longer than the client's own timeout: the client may be stuck. */
    private static final int GIVE_UP_AFTER_MS = TIMEOUT_MS + 1_000;

    private final Admin admin;
    private final String group;

    StreamAdmin(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    static StreamAdmin of(Settings settings) {
        Map<String, Object> config = KafkaClientSettings.admin(settings.kafka(), "ratchet-stream");
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return new StreamAdmin(Admin.create(config), settings.application().id());
    }

    private static <T> T await(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(GIVE_UP_AFTER_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
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
        ListOffsetsResult result = admin.listOffsets(
                inputs.stream().collect(Collectors.toMap(input -> input, input -> which)),
                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
        long began = System.nanoTime();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (TopicPartition input : inputs) {
            long left = TimeUnit.MILLISECONDS.toNanos(GIVE_UP_AFTER_MS) - (System.nanoTime() - began);
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
        for (var topic : admin.describeTopics(topics).topicNameValues().entrySet()) {
            try {
                for (TopicPartitionInfo partition : await(topic.getValue()).partitions()) {
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
    public Collection<String> listOngoing() throws ExecutionException, InterruptedException, TimeoutException {
        // No filter by id pattern: brokers before 4.1 do not support it.
        ListTransactionsOptions open = new ListTransactionsOptions().filterStates(List.of(TransactionState.ONGOING));
        return await(admin.listTransactions(open).all()).stream()
                .map(TransactionListing::transactionalId)
                .toList();
    }

    @Override
    public Collection<String> listMembers() throws ExecutionException, InterruptedException, TimeoutException {
        return await(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(described -> described.members().stream())
                .map(MemberDescription::clientId)
                .toList();
    }

    @Override
    public void abort(Collection<String> transactionalIds)
            throws ExecutionException, InterruptedException, TimeoutException {
        await(admin.fenceProducers(transactionalIds).all());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
