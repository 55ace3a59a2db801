package dev.ratchet.repairer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KafkaClientsTest {
    @Test
    void theUsersSettingsHoldWhereTheyAreForEveryClient() {
        Map<String, Object> consumer = KafkaClients.consumerSettings(settings());

        assertThat(consumer)
                .containsEntry("bootstrap.servers", "127.0.0.1:9")
                .containsEntry("max.poll.records", "7")
                .containsEntry("sasl.callback.of.mine", "x")
                .containsEntry("group.id", "app-repairer")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .doesNotContainKeys(
                        "num.stream.threads", "consumer.fetch.max.bytes", "fetch.max.bytes", "group.protocol");
    }

    @Test
    void theGroupDoesNotWaitLongForOneThatWasKilledUnlessToldTo() {
        assertThat(KafkaClients.consumerSettings(settings())).containsEntry("session.timeout.ms", 10_000);
        assertThat(KafkaClients.consumerSettings(settings("kafka.session.timeout.ms", "60000")))
                .containsEntry("session.timeout.ms", "60000");
        assertThat(KafkaClients.consumerSettings(settings("kafka.heartbeat.interval.ms", "15000")))
                .doesNotContainKey("session.timeout.ms");
    }

    @Test
    void thoseOfTheProducerWin() {
        assertThat(KafkaClients.producerSettings(settings()))
                .containsEntry("linger.ms", "9")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .doesNotContainKeys("producer.linger.ms", "group.id", "num.stream.threads");
    }

    private static Settings settings(String... more) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        values.put("ratchet.application.id", "app");
        values.put("kafka.bootstrap.servers", "127.0.0.1:9");
        values.put("kafka.max.poll.records", "7");
        values.put("kafka.isolation.level", "read_uncommitted");
        values.put("kafka.sasl.callback.of.mine", "x");
        values.put("kafka.num.stream.threads", "3");
        values.put("kafka.group.protocol", "streams");
        values.put("kafka.consumer.fetch.max.bytes", "1");
        values.put("kafka.linger.ms", "5");
        values.put("kafka.producer.linger.ms", "9");
        values.put("kafka.producer.acks", "1");
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}
