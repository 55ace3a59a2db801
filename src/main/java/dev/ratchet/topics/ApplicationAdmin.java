package dev.ratchet.topics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Finds and deletes what the brokers store for an application.
 * <p>Each method may throw {@link BrokerUnavailableException}, after 15 seconds a request or what {@code
 * default.api.timeout.ms} says, and {@link BrokerRefusedException}. What was interrupted may be called again.
 */
public final class ApplicationAdmin implements AutoCloseable {
    /**
     * What the brokers store for an application.
     *
     * @param group its consumer group, which is its id
     * @param members of the group, as {@code client id at host}; empty if no instance runs
     * @param offsets number of partitions with committed offsets, by topic
     * @param internalTopics that exist
     */
    public record ApplicationData(
            String group, List<String> members, Map<String, Integer> offsets, List<String> internalTopics) {}

    private final TopicClient client;
    private final TopicInspector inspector;

    /**
     * @param kafka by Kafka's names, with the prefixes of Kafka Streams
     * @throws BrokerUnavailableException if no address can be resolved
     * @throws org.apache.kafka.common.config.ConfigException if Kafka's client rejects a setting
     */
    public ApplicationAdmin(Map<String, Object> kafka) {
        client = new TopicClient(kafka);
        inspector = new TopicInspector(client);
    }

    /**
     * Changes nothing.
     * @param internalTopics topics that the application may have. Full names, since a prefix may match another application.
     */
    public ApplicationData find(String applicationId, Collection<String> internalTopics) {
        return new ApplicationData(
                applicationId,
                members(applicationId),
                offsets(applicationId),
                internalTopics.stream()
                        .filter(topic -> inspector.partitionCount(topic).isPresent())
                        .toList());
    }

    /**
     * Deletes the group with its offsets. The next member starts at {@code auto.offset.reset}.
     *
     * @return false, without deleting, if the group has members
     */
    public boolean deleteGroup(String group) {
        try {
            client.getUnless(
                    GroupIdNotFoundException.class,
                    "delete consumer group " + group,
                    client.admin.deleteConsumerGroups(List.of(group)).all());
            return true;
        } catch (BrokerRefusedException e) {
            if (e.getCause() instanceof GroupNotEmptyException) {
                return false;
            }
            throw e;
        }
    }

    /** Deletes a topic. Returns when the brokers no longer know it. */
    public void deleteTopic(String topic) {
        client.getUnless(
                UnknownTopicOrPartitionException.class,
                "delete topic " + topic,
                client.admin.deleteTopics(List.of(topic)).all());
        inspector.awaitGone(topic);
    }

    private List<String> members(String group) {
        return client
                .getUnless(
                        GroupIdNotFoundException.class,
                        "describe consumer group " + group,
                        client.admin.describeConsumerGroups(List.of(group)).all())
                .flatMap(groups -> Optional.ofNullable(groups.get(group)))
                .stream()
                .flatMap(described -> described.members().stream())
                .map(member -> member.clientId() + " at " + member.host())
                .toList();
    }

    /** {@return the committed offsets of a group; empty if there is no group} */
    public Map<TopicPartition, Long> committedOffsets(String group) {
        return committed(group).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, offset -> offset.getValue().offset()));
    }

    /** Commits offsets of a group without members. */
    public void commitOffsets(String group, Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, offset -> new OffsetAndMetadata(offset.getValue())));
        client.get(
                "commit offsets of consumer group " + group,
                client.admin.alterConsumerGroupOffsets(group, committed).all());
    }

    private Map<String, Integer> offsets(String group) {
        return committed(group).keySet().stream()
                .collect(Collectors.groupingBy(TopicPartition::topic, Collectors.summingInt(one -> 1)));
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return client.getUnless(
                        GroupIdNotFoundException.class,
                        "list the offsets of consumer group " + group,
                        client.admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .orElse(Map.of());
    }

    @Override
    public void close() {
        client.close();
    }
}
