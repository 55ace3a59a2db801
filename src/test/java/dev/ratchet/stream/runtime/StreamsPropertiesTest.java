package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Defaults for Kafka Streams, and which of them a user may override. */
class StreamsPropertiesTest {
    @Test
    void batchesAreLargerThanKafkaDefault() {
        Integer kafkaDefault =
                (Integer) ProducerConfig.configDef().defaultValues().get("batch.size");
        assertThat((Integer) producer(Map.of()).get("batch.size")).isGreaterThan(kafkaDefault);
    }

    @Test
    void receiveBufferIsSizedByOperatingSystem() {
        assertThat(consumer(Map.of())).containsEntry("receive.buffer.bytes", -1);
    }

    @Test
    void userSettingOverridesReceiveBuffer() {
        assertThat(consumer(Map.of("kafka.receive.buffer.bytes", "1000")))
                .containsEntry("receive.buffer.bytes", "1000");
        assertThat(consumer(Map.of("kafka.consumer.receive.buffer.bytes", "2000")))
                .containsEntry("receive.buffer.bytes", "2000");
    }

    @Test
    void userSettingOverridesBatchSize() {
        assertThat(producer(Map.of("kafka.batch.size", "1000"))).containsEntry("batch.size", "1000");
        assertThat(producer(Map.of("kafka.producer.batch.size", "2000"))).containsEntry("batch.size", "2000");
    }

    @Test
    void killedMemberTimesOutWithinTenSeconds() {
        assertThat(consumer(Map.of()))
                .containsEntry("session.timeout.ms", 8_000)
                .containsEntry("heartbeat.interval.ms", 2_000);
        assertThat(consumer(Map.of("kafka.session.timeout.ms", "30000"))).containsEntry("session.timeout.ms", "30000");
        assertThat(consumer(Map.of("kafka.main.consumer.session.timeout.ms", "30000")))
                .containsEntry("session.timeout.ms", "30000");
    }

    @Test
    void streamsGroupProtocolLeavesSessionTimeoutToBroker() {
        assertThat(consumer(Map.of("kafka.group.protocol", "streams"))).doesNotContainKey("session.timeout.ms");
        assertThat(consumer(Map.of("kafka.group.protocol", "classic"))).containsKey("session.timeout.ms");
    }

    @Test
    void transactionTimeoutExceedsSessionTimeout() {
        assertThat(producer(Map.of())).containsEntry("transaction.timeout.ms", 13_000);
        assertThat(producer(Map.of("kafka.session.timeout.ms", "6000")))
                .containsEntry("transaction.timeout.ms", 11_000);
        assertThat(producer(Map.of("kafka.session.timeout.ms", "30000")))
                .containsEntry("transaction.timeout.ms", 35_000);
        assertThat(producer(Map.of("kafka.consumer.session.timeout.ms", "40000")))
                .containsEntry("transaction.timeout.ms", 45_000);
        assertThat(producer(Map.of(
                        "kafka.consumer.session.timeout.ms", "40000",
                        "kafka.main.consumer.session.timeout.ms", "50000")))
                .containsEntry("transaction.timeout.ms", 55_000);
    }

    @Test
    void transactionTimeoutHasKafkaStreamsDefaultAsMinimum() {
        assertThat(producer(Map.of("kafka.session.timeout.ms", "1000")))
                .containsEntry("transaction.timeout.ms", 10_000);
    }

    @Test
    void transactionTimeoutHasBrokerLimitAsMaximum() {
        assertThat(producer(Map.of("kafka.session.timeout.ms", "1800000")))
                .containsEntry("transaction.timeout.ms", 900_000);
    }

    @Test
    void streamsGroupProtocolKeepsTransactionTimeoutDefault() {
        assertThat(producer(Map.of("kafka.group.protocol", "streams"))).containsEntry("transaction.timeout.ms", 10_000);
    }

    @Test
    void userSettingOverridesTransactionTimeout() {
        assertThat(producer(Map.of("kafka.producer.transaction.timeout.ms", "60000")))
                .containsEntry("transaction.timeout.ms", "60000");
        assertThat(producer(Map.of("kafka.transaction.timeout.ms", "60000")))
                .containsEntry("transaction.timeout.ms", "60000");
    }

    @ParameterizedTest
    @CsvSource({"10000, 10000, 1", "12000, 10000, 1", "10000, 10001, 0", "8000, , 0", "1000000, , 1"})
    void transactionTimeoutBelowSessionTimeoutLogsWarning(String session, @Nullable String transaction, int warnings) {
        Logger logger = (Logger) LoggerFactory.getLogger(StreamsProperties.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        Map<String, String> given = new HashMap<>(Map.of("kafka.main.consumer.session.timeout.ms", session));
        if (transaction != null) {
            given.put("kafka.producer.transaction.timeout.ms", transaction);
        }
        streams(given);
        logger.detachAppender(log);
        assertThat(log.list).hasSize(warnings).allMatch(line -> line.getLevel() == Level.WARN);
    }

    private static Map<String, Object> producer(Map<String, String> given) {
        return streams(given).getProducerConfigs("a-client");
    }

    private static Map<String, Object> consumer(Map<String, String> given) {
        return streams(given).getMainConsumerConfigs("a-group", "a-client", 0);
    }

    private static StreamsConfig streams(Map<String, String> given) {
        Map<String, String> all = new HashMap<>(Map.of("kafka.bootstrap.servers", "localhost:9"));
        all.putAll(given);
        Settings settings = Settings.load(Optional.empty(), Map.of(), all);
        return new StreamsConfig(StreamsProperties.of(settings));
    }
}
