package dev.ratchet.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class EventProducerSettingsTest {
    @Test
    void userSettingsApplyToProducer() {
        assertThat(of(Map.of("kafka.producer.compression.type", "lz4", "kafka.num.stream.threads", "4")))
                .containsEntry("bootstrap.servers", "127.0.0.1:9")
                .containsEntry("compression.type", "lz4")
                .containsEntry("client.id", "ratchet-intake")
                .doesNotContainKey("num.stream.threads");
    }

    @Test
    void userSettingsDoNotOverrideAcknowledgementAndTimeouts() {
        Map<String, Object> producer = of(Map.of(
                "kafka.acks", "0",
                "kafka.producer.linger.ms", "1000",
                "kafka.request.timeout.ms", "60000",
                "kafka.producer.delivery.timeout.ms", "600000",
                "kafka.max.block.ms", "60000",
                "kafka.enable.idempotence", "false"));
        assertThat(producer)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .containsEntry("linger.ms", 0)
                .containsEntry("request.timeout.ms", 2_000)
                .containsEntry("delivery.timeout.ms", 5_000)
                .containsEntry("max.block.ms", 100);
    }

    @Test
    void settingsOfStreamsProducerAreIgnored() {
        Map<String, Object> producer = of(Map.of(
                "kafka.processing.guarantee", "exactly_once_v2",
                "kafka.transactional.id", "x",
                "kafka.partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner",
                "kafka.partitioner.ignore.keys", "true",
                "kafka.retries", "0",
                "kafka.max.in.flight.requests.per.connection", "10"));
        assertThat(producer)
                .doesNotContainKeys("transactional.id", "partitioner.class", "partitioner.ignore.keys", "retries");
        ByteArraySerializer raw = new ByteArraySerializer();
        new KafkaProducer<>(producer, raw, raw).close();
    }

    private static Map<String, Object> of(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("kafka.bootstrap.servers", "127.0.0.1:9");
        return EventProducer.settings(Settings.load(Optional.empty(), Map.of(), all));
    }
}
