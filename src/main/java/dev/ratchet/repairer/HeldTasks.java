package dev.ratchet.repairer;

import dev.ratchet.config.Settings;
import dev.ratchet.repair.AuditRequest;
import dev.ratchet.task.TaskState;
import dev.ratchet.watch.Watched;
import dev.ratchet.wire.StoreSerdes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What the stream holds of its tasks, read from the topic that its store is rebuilt from. Of each task a few numbers are
 * kept: a million take some 200 MB.
 */
final class HeldTasks {
    /** What Kafka Streams appends to the application's id for its store of that name. */
    private static final String STORE_CHANGELOG = "-task-states-changelog";

    private static final Duration NOTHING_COMES = Duration.ofSeconds(30);

    private final Settings settings;
    private final boolean endedToo;
    private final Deserializer<Watched> states = StoreSerdes.watched().deserializer();
    private final Map<String, AuditRequest> held = new HashMap<>();

    private HeldTasks(Settings settings, boolean endedToo) {
        this.settings = settings;
        this.endedToo = endedToo;
    }

    /**
     * Reads all there is now.
     *
     * @param endedToo also those that have ended; never those that the source has deleted
     * @return by task id
     * @throws SweepFailedException if there is no such topic, or it cannot be read
     */
    static List<AuditRequest> read(Settings settings, boolean endedToo) {
        String topic = settings.application().id() + STORE_CHANGELOG;
        HeldTasks tasks = new HeldTasks(settings, endedToo);
        try (KafkaConsumer<String, byte[]> consumer = KafkaClients.reader(settings)) {
            tasks.read(consumer, topic);
        } catch (KafkaException e) {
            throw new SweepFailedException(
                    "Expected to read the tasks from topic %s, but: %s".formatted(topic, e.getMessage()), e);
        }
        return tasks.held.values().stream()
                .sorted(Comparator.comparing(AuditRequest::taskId))
                .toList();
    }

    private void read(KafkaConsumer<String, byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(one -> new TopicPartition(one.topic(), one.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new SweepFailedException(
                    "Expected topic %s to exist, but it does not: has 'ratchet run' ever run with ratchet.application.id=%s?"
                            .formatted(topic, settings.application().id()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long lastSeen = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            ConsumerRecords<String, byte[]> records = consumer.poll(Duration.ofMillis(200));
            records.forEach(this::take);
            lastSeen = records.isEmpty() ? lastSeen : System.nanoTime();
            if (System.nanoTime() - lastSeen > NOTHING_COMES.toNanos()) {
                throw new SweepFailedException("Expected topic %s to be read to its end, but nothing has come for %s"
                        .formatted(topic, NOTHING_COMES));
            }
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        Optional<AuditRequest> wanted = Optional.ofNullable(record.value())
                .map(bytes -> states.deserialize(record.topic(), bytes))
                .filter(watched -> !watched.task().heard().deleted())
                .filter(watched ->
                        endedToo || !watched.task().standing().status().isTerminal())
                .map(HeldTasks::request);
        wanted.ifPresentOrElse(request -> held.put(request.taskId(), request), () -> held.remove(record.key()));
    }

    private static AuditRequest request(Watched watched) {
        TaskState state = watched.task();
        return new AuditRequest(
                state.task().taskId(),
                state.epoch().number(),
                state.heard().mark().sequence(),
                state.standing().status(),
                state.heard().mark().status(),
                state.epoch().key(),
                state.heard().evidence().startTime(),
                watched.notFound());
    }
}
