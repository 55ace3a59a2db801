package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** What is ours to say to Kafka Streams, and what is the user's. */
class StreamSettingsTest {
    @Test
    void aCommitIsSentInLargerBatchesThanKafkasOwn() {
        assertThat(producer(Map.of())).containsEntry("batch.size", 65_536);
    }

    @Test
    void whatComesIsReceivedInABufferThatTheSystemSizes() {
        assertThat(consumer(Map.of())).containsEntry("receive.buffer.bytes", -1);
    }

    @Test
    void theUserSaysHowLargeTheBufferIs() {
        assertThat(consumer(Map.of("kafka.receive.buffer.bytes", "1000")))
                .containsEntry("receive.buffer.bytes", "1000");
        assertThat(consumer(Map.of("kafka.consumer.receive.buffer.bytes", "2000")))
                .containsEntry("receive.buffer.bytes", "2000");
    }

    @Test
    void theUserSaysHowLargeABatchIs() {
        assertThat(producer(Map.of("kafka.batch.size", "1000"))).containsEntry("batch.size", "1000");
        assertThat(producer(Map.of("kafka.producer.batch.size", "2000"))).containsEntry("batch.size", "2000");
    }

    @Test
    void aKilledMemberIsGivenUpWithinTenSeconds() {
        assertThat(consumer(Map.of()))
                .containsEntry("session.timeout.ms", 8_000)
                .containsEntry("heartbeat.interval.ms", 2_000);
        assertThat(consumer(Map.of("kafka.session.timeout.ms", "30000"))).containsEntry("session.timeout.ms", "30000");
        assertThat(consumer(Map.of("kafka.main.consumer.session.timeout.ms", "30000")))
                .containsEntry("session.timeout.ms", "30000");
    }

    @Test
    void inTheNewerGroupProtocolTheBrokerSaysHowLongASessionIs() {
        assertThat(consumer(Map.of("kafka.group.protocol", "streams"))).doesNotContainKey("session.timeout.ms");
        assertThat(consumer(Map.of("kafka.group.protocol", "classic"))).containsKey("session.timeout.ms");
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
        return new StreamsConfig(StreamSettings.of(settings));
    }
}
