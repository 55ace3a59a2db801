package dev.ratchet.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.config.Settings;
import dev.ratchet.demo.broker.EmbeddedKafka;
import dev.ratchet.inspect.RecentRecords.Page;
import dev.ratchet.inspect.RecentRecords.Query;
import dev.ratchet.registry.SchemaRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RecentRecordsIT {
    private static final int PARTITIONS = 3;

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;

    private final Instant now = Instant.now();
    private String topic;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        topic = "letters-" + UUID.randomUUID();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    @Test
    void pagesHoldEachRecordOnceNewestFirst() {
        int most = 3_000;
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < most; i++) { // unevenly: 0 has most of the new ones, 1 only old ones
                int partition = i < 300 ? 1 : i % 10 == 0 ? 2 : 0;
                send(producer, partition, i, new byte[1]);
            }
        }
        List<String> keys = keys(query(999, Map.of(), letter -> Optional.of(letter.key())));
        assertThat(keys).hasSize(most);
        List<String> expected = new ArrayList<>();
        for (int i = most - 1; i >= 0; i--) {
            expected.add("k" + i);
        }
        assertThat(keys).containsExactlyElementsOf(expected);
    }

    @Test
    void rareRecordIsFoundAndReadingIsBounded() {
        int most = 50_000; // more than one call looks at
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < most; i++) {
                send(producer, 0, i, new byte[1]);
            }
        }
        Function<TopicRecord, Optional<String>> oldest =
                letter -> letter.key().equals("k0") ? Optional.of(letter.key()) : Optional.empty();
        Page<String> page = recent(Duration.ofSeconds(20)).read(query(10, Map.of(), oldest));
        assertThat(page.records()).isEmpty();
        assertThat(page.next()).containsKey(0);
        assertThat(page.next().get(0)).isBetween(most - 21_000L, most - 19_000L);
        assertThat(keys(query(10, Map.of(), oldest))).containsExactly("k0");
    }

    @Test
    void largeRecordsAreReadInSmallParts() {
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 100; i++) {
                send(producer, i % PARTITIONS, i, new byte[900_000]);
            }
        }
        List<String> keys = keys(query(1_000, Map.of(), letter -> Optional.of(letter.key())));
        assertThat(keys)
                .hasSize(100)
                .doesNotHaveDuplicates()
                .startsWith("k99", "k98")
                .endsWith("k1", "k0");
    }

    @Test
    void abortedRecordsAreNotShown() {
        try (KafkaProducer<String, byte[]> producer =
                producer(Map.of("transactional.id", "tx-" + topic, "linger.ms", "0"))) {
            producer.initTransactions();
            for (int i = 0; i < 60; i++) {
                producer.beginTransaction();
                send(producer, i % PARTITIONS, i, new byte[1]);
                producer.flush();
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        List<String> keys = keys(query(7, Map.of(), letter -> Optional.of(letter.key())));
        assertThat(keys).hasSize(30).doesNotHaveDuplicates().startsWith("k58", "k56");
    }

    @Test
    void olderRecordsAreLeftOut() {
        try (KafkaProducer<String, byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 30; i++) {
                send(producer, i % PARTITIONS, i, new byte[1]);
            }
        }
        Query<String> query = new Query<>(
                RatchetTopic.DEAD_LETTERS, 1_000, Map.of(), now.plusMillis(20), letter -> Optional.of(letter.key()));
        assertThat(keys(query)).hasSize(10).startsWith("k29").endsWith("k20");
    }

    @Test
    void emptyTopicHasOneEmptyPage() {
        Page<String> page =
                recent(Duration.ofSeconds(20)).read(query(10, Map.of(), letter -> Optional.of(letter.key())));
        assertThat(page.records()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void missingTopicsAndPartitionsAreRefused() {
        assertThatThrownBy(() -> recent(Duration.ofSeconds(20))
                        .read(query(10, Map.of(PARTITIONS, 5L), letter -> Optional.of(letter.key()))))
                .isInstanceOf(IllegalArgumentException.class);
        topic = "absent";
        assertThatThrownBy(() ->
                        recent(Duration.ofSeconds(20)).read(query(10, Map.of(), letter -> Optional.of(letter.key()))))
                .isInstanceOf(NoSuchTopicException.class)
                .hasMessage("Expected topic absent to exist, but it does not: run 'ratchet topics apply'.");
    }

    @Test
    void absentBrokerEndsTheCallAtItsDeadline() {
        long begin = System.nanoTime();
        Settings settings = settings("127.0.0.1:9");
        assertThatThrownBy(() -> new RecentRecords(settings, SchemaRegistry.of(settings.serde()), Duration.ofSeconds(2))
                        .read(query(10, Map.of(), letter -> Optional.of(letter.key()))))
                .isInstanceOf(TimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    }

    private static <T> Query<T> query(
            int limit, Map<Integer, Long> before, Function<TopicRecord, Optional<T>> selection) {
        return new Query<>(RatchetTopic.DEAD_LETTERS, limit, before, Instant.EPOCH, selection);
    }

    /** Of all pages. */
    private List<String> keys(Query<String> first) {
        List<String> keys = new ArrayList<>();
        Query<String> query = first;
        while (true) {
            Page<String> page = recent(Duration.ofSeconds(20)).read(query);
            assertThat(page.records()).hasSizeLessThanOrEqualTo(query.limit());
            keys.addAll(page.records());
            if (page.next().isEmpty()) {
                return keys;
            }
            query = new Query<>(query.topic(), query.limit(), page.next(), query.since(), query.selection());
        }
    }

    private RecentRecords recent(Duration deadline) {
        Settings settings = settings(kafka.bootstrapServers());
        return new RecentRecords(settings, SchemaRegistry.of(settings.serde()), deadline);
    }

    private Settings settings(String bootstrapServers) {
        return Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of(
                        "ratchet.topic.dead-letters", topic,
                        "ratchet.schema.registry.url", "mock://recent",
                        "kafka.bootstrap.servers", bootstrapServers));
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(more);
        all.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(all, new StringSerializer(), new ByteArraySerializer());
    }

    /** Closing the producer waits until it is sent. */
    private void send(KafkaProducer<String, byte[]> producer, int partition, int number, byte[] value) {
        var unused =
                producer.send(new ProducerRecord<>(topic, partition, now.toEpochMilli() + number, "k" + number, value));
    }
}
