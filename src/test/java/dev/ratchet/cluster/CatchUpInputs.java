package dev.ratchet.cluster;

import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Input topics with lost updates, aborted transactions, unreadable and deleted records. */
final class CatchUpInputs implements AutoCloseable {
    private final Settings settings;
    private final Admin admin;
    private long sequence;

    CatchUpInputs(Settings settings) {
        this.settings = settings;
        admin = Admin.create(settings.kafka());
    }

    void abortOnEvents() {
        abort(settings.topics().events(), List.of("0", "1"));
    }

    /** Sends one to each partition. */
    void sendUnreadableEvents(int times) throws Exception {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            for (int partition = 0; partition < 2; partition++) {
                records.add(new ProducerRecord<>(settings.topics().events(), partition, "x", new byte[] {1}));
            }
        }
        Inputs.send(bootstrapServers(), records);
    }

    /** @param keys one per partition */
    void abort(String topic, List<String> keys) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers(), "transactional.id", "aborting"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int partition = 0; partition < keys.size(); partition++) {
                for (int i = 0; i < 3; i++) {
                    var unused = producer.send(new ProducerRecord<>(
                            topic, partition, keys.get(partition), "aborted".getBytes(StandardCharsets.UTF_8)));
                }
            }
            producer.flush();
            producer.abortTransaction();
        }
    }

    void deleteEvents() throws Exception {
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            all.put(new TopicPartition(settings.topics().events(), partition), RecordsToDelete.beforeOffset(-1)); // all
        }
        admin.deleteRecords(all).all().get();
    }

    long committed() throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(settings.application().id())
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().topic().equals(settings.topics().events()))
                .map(Map.Entry::getValue)
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    long ends() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            wanted.put(new TopicPartition(settings.topics().events(), partition), OffsetSpec.latest());
        }
        return admin
                .listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .values()
                .stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    void loseUpdate(String task) throws Exception {
        Inputs.produce(settings, lostUpdate(task));
    }

    List<Recorded> lostUpdate(String task) {
        return List.of(record(task, "COMPLETED"), record(task, "IN_PROGRESS"));
    }

    Recorded record(String task, String status) {
        return SteadyRecords.record(task, status, ++sequence);
    }

    private String bootstrapServers() {
        return String.valueOf(settings.kafka().get("bootstrap.servers"));
    }

    @Override
    public void close() {
        admin.close();
    }
}
