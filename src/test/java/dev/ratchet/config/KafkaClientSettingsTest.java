package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KafkaClientSettingsTest {
    /** Of each kind one, and what is for no client that is ours. */
    private static final Map<String, Object> GIVEN = Map.ofEntries(
            Map.entry("bootstrap.servers", "127.0.0.1:9"),
            Map.entry("security.protocol", "SSL"),
            Map.entry("sasl.callback.of.mine", "x"),
            Map.entry("num.stream.threads", "3"),
            Map.entry("processing.guarantee", "exactly_once_v2"),
            Map.entry("group.protocol", "streams"),
            Map.entry("topic.retention.ms", "1"),
            Map.entry("max.poll.records", "7"),
            Map.entry("consumer.fetch.max.bytes", "1"),
            Map.entry("main.consumer.fetch.max.bytes", "1"),
            Map.entry("compression.type", "gzip"),
            Map.entry("producer.compression.type", "lz4"),
            Map.entry("producer.buffer.memory", "1000000"),
            Map.entry("retries", "4"),
            Map.entry("admin.retries", "5"));

    @Test
    void adminClientSettingsMatchKafkaStreams() {
        assertThat(KafkaClientSettings.admin(GIVEN, "one"))
                .containsEntry("client.id", "one")
                .containsEntry("retries", "5")
                .satisfies(KafkaClientSettingsTest::hasWhatIsForAllAndNothingElse)
                .doesNotContainKeys("max.poll.records", "compression.type", "buffer.memory", "admin.retries");
    }

    @Test
    void producerSettingsMatchKafkaStreamsWithoutTransactions() {
        assertThat(KafkaClientSettings.producer(GIVEN, "one"))
                .containsEntry("client.id", "one")
                .containsEntry("compression.type", "lz4")
                .containsEntry("buffer.memory", "1000000")
                .containsEntry("retries", "4")
                .satisfies(KafkaClientSettingsTest::hasWhatIsForAllAndNothingElse)
                .doesNotContainKeys("max.poll.records", "producer.compression.type", "enable.idempotence");
    }

    @Test
    void producerLingerDefaultsToThatOfKafka() {
        assertThat(KafkaClientSettings.producer(GIVEN, "one")).containsEntry("linger.ms", 5L);
        assertThat(KafkaClientSettings.producer(with("linger.ms", "6"), "one")).containsEntry("linger.ms", "6");
        assertThat(KafkaClientSettings.producer(with("producer.linger.ms", "7"), "one"))
                .containsEntry("linger.ms", "7");
    }

    @Test
    void producerUsesDefaultPartitionerAndNoTransactions() {
        for (String name : List.of("transactional.id", "partitioner.class", "partitioner.ignore.keys")) {
            assertThat(KafkaClientSettings.producer(with(name, "x"), "one")).doesNotContainKey(name);
            assertThat(KafkaClientSettings.producer(with("producer." + name, "x"), "one"))
                    .doesNotContainKeys(name, "producer." + name);
        }
    }

    @Test
    void consumerIgnoresSettingsOfStreamsConsumers() {
        assertThat(KafkaClientSettings.consumer(GIVEN))
                .containsEntry("max.poll.records", "7")
                .containsEntry("retries", "4")
                .satisfies(KafkaClientSettingsTest::hasWhatIsForAllAndNothingElse)
                .doesNotContainKeys(
                        "fetch.max.bytes",
                        "consumer.fetch.max.bytes",
                        "main.consumer.fetch.max.bytes",
                        "topic.retention.ms",
                        "admin.retries",
                        "producer.buffer.memory",
                        "group.protocol");
    }

    private static void hasWhatIsForAllAndNothingElse(Map<String, Object> client) {
        assertThat(client)
                .containsEntry("bootstrap.servers", "127.0.0.1:9")
                .containsEntry("security.protocol", "SSL")
                .containsEntry("sasl.callback.of.mine", "x")
                .doesNotContainKeys(
                        "num.stream.threads", "processing.guarantee", "application.id", "consumer.fetch.max.bytes");
    }

    private static Map<String, Object> with(String name, String value) {
        Map<String, Object> given = new HashMap<>(GIVEN);
        given.put(name, value);
        return given;
    }
}
