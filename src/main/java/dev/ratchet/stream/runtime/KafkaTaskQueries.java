package dev.ratchet.stream.runtime;

import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.stream.state.OpenAlerts;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AlertKind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Kafka's interactive queries of active tasks. A query sees the store beneath the write-behind cache. */
final class KafkaTaskQueries implements TaskQueries {
    private final KafkaStreams streams;
    private final HostInfo self;
    private final int partitions;

    /**
     * @param self the value of {@code application.server}; if it is empty, other instances cannot ask this one
     * @param partitions of each input topic
     */
    KafkaTaskQueries(KafkaStreams streams, String self, int partitions) {
        this.streams = streams;
        this.self = self.isEmpty() ? HostInfo.unavailable() : HostInfo.buildFromEndpoint(self);
        this.partitions = partitions;
    }

    @Override
    public Answer<Optional<TrackedTask>> find(String taskId) {
        try {
            KeyQueryMetadata found =
                    streams.queryMetadataForKey(TopologyNames.TASK_STATES, taskId, new StringSerializer());
            if (found == null || found.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                return new Unreadable<>(
                        "no instance has the task's partition yet, and the stream is " + streams.state());
            }
            if (found.activeHost().equals(self)) {
                return read(taskId, found.partition());
            }
            return found.activeHost().equals(HostInfo.unavailable())
                    ? new Unreadable<>("no instance has partition " + found.partition() + ", or it gives no address")
                    : new Elsewhere<>(address(found.activeHost()));
        } catch (InvalidStateStoreException | IllegalStateException e) { // also if it has not started, or is stopping
            return new Unreadable<>("the stream is " + streams.state());
        }
    }

    private static String address(HostInfo host) {
        return host.host() + ":" + host.port();
    }

    private <R> @Nullable QueryResult<R> query(String store, Query<R> query, int partition) {
        return streams.query(StateQueryRequest.inStore(store)
                        .withQuery(query)
                        .withPartitions(Set.of(partition))
                        .requireActive())
                .getPartitionResults()
                .get(partition);
    }

    private Answer<Optional<TrackedTask>> read(String taskId, int partition) {
        QueryResult<TrackedTask> result =
                query(TopologyNames.TASK_STATES, KeyQuery.<String, TrackedTask>withKey(taskId), partition);
        if (result == null) {
            return new Unreadable<>("partition " + partition + " is moving between instances");
        }
        return result.isSuccess()
                ? new Here<>(Optional.ofNullable(result.getResult()))
                : new Unreadable<>("partition " + partition + " is being assigned or restored");
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    public Map<String, Set<Integer>> others() {
        Map<String, Set<Integer>> others = new TreeMap<>();
        try {
            for (StreamsMetadata instance : streams.metadataForAllStreamsClients()) {
                if (!instance.hostInfo().equals(self) && !instance.hostInfo().equals(HostInfo.unavailable())) {
                    others.put(
                            address(instance.hostInfo()),
                            instance.topicPartitions().stream()
                                    .map(TopicPartition::partition)
                                    .collect(Collectors.toSet()));
                }
            }
        } catch (InvalidStateStoreException | IllegalStateException e) { // as in find
            return Map.of();
        }
        return others;
    }

    @Override
    public boolean visitOpenAlerts(int partition, Optional<AlertKind> kind, Predicate<OpenAlert> visitor) {
        OpenAlerts.KeyRange range = kind.map(OpenAlerts::of).orElseGet(OpenAlerts::all);
        try {
            QueryResult<KeyValueIterator<Bytes, byte[]>> result = query(
                    TopologyNames.TIMERS, RangeQuery.<Bytes, byte[]>withRange(range.from(), range.to()), partition);
            if (result == null || !result.isSuccess()) {
                return false;
            }
            try (KeyValueIterator<Bytes, byte[]> entries = result.getResult()) {
                boolean goOn = true;
                while (goOn && entries.hasNext()) {
                    KeyValue<Bytes, byte[]> entry = entries.next();
                    goOn = visitor.test(OpenAlerts.decode(entry.key, entry.value));
                }
            }
            return true;
        } catch (InvalidStateStoreException e) { // also if the partition is taken away meanwhile
            return false;
        }
    }
}
