package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.config.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkerKafkaClientsTest {
    @Test
    void userSettingsOverrideDefaultsExceptGroupAndIsolation() {
        assertThat(WorkerKafkaClients.consumerSettings(settings()))
                .containsEntry("bootstrap.servers", "127.0.0.1:9")
                .containsEntry("max.poll.records", "7")
                .containsEntry("group.id", "app-repairer")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .doesNotContainKey("group.protocol");
    }

    @Test
    void sessionTimeoutIsShortByDefault() {
        assertThat(WorkerKafkaClients.consumerSettings(settings())).containsEntry("session.timeout.ms", 10_000);
        assertThat(WorkerKafkaClients.consumerSettings(settings("kafka.session.timeout.ms", "60000")))
                .containsEntry("session.timeout.ms", "60000");
        assertThat(WorkerKafkaClients.consumerSettings(settings("kafka.heartbeat.interval.ms", "15000")))
                .doesNotContainKey("session.timeout.ms");
    }

    @Test
    void producerSettingsOverrideCommonOnes() {
        assertThat(WorkerKafkaClients.producerSettings(settings()))
                .containsEntry("client.id", "app-repairer")
                .containsEntry("linger.ms", "9")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", true)
                .doesNotContainKey("group.id");
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
        values.put("kafka.group.protocol", "streams");
        values.put("kafka.linger.ms", "5");
        values.put("kafka.producer.linger.ms", "9");
        values.put("kafka.producer.acks", "1");
        return Settings.load(Optional.empty(), Map.of(), values);
    }
}
