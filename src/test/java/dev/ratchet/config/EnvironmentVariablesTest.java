package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentVariablesTest {
    @ParameterizedTest
    @CsvSource({
        "RATCHET_TOPIC_DEAD_LETTERS, ratchet.topic.dead-letters",
        "RATCHET_SERDE_BASIC_AUTH_USER_INFO, ratchet.serde.basic.auth.user.info",
        "KAFKA_BOOTSTRAP_SERVERS, kafka.bootstrap.servers",
        "KAFKA_NUM_STREAM_THREADS, kafka.num.stream.threads",
        "KAFKA_MAIN_CONSUMER_MAX_POLL_RECORDS, kafka.main.consumer.max.poll.records",
        "KAFKA_CONSUMER_SSL_KEY_PASSWORD, kafka.consumer.ssl.key.password",
        "KAFKA_RESTORE_CONSUMER_FETCH_MAX_BYTES, kafka.restore.consumer.fetch.max.bytes",
        "KAFKA_PRODUCER_LINGER_MS, kafka.producer.linger.ms",
        "KAFKA_ADMIN_RETRIES, kafka.admin.retries",
        "KAFKA_TOPIC_SEGMENT_BYTES, kafka.topic.segment.bytes"
    })
    void variableSetsItsSetting(String variable, String setting) {
        assertThat(EnvironmentVariables.setting(variable)).contains(setting);
        assertThat(EnvironmentVariables.variable(setting)).isEqualTo(variable);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "KAFKA_HEAP_OPTS",
                "KAFKA_SERVICE_HOST",
                "KAFKA_PORT_9092_TCP",
                "KAFKA_PORT",
                "RATCHET_PORT",
                "RATCHET_SERDE_",
                "RATCHET_SERDE_SCHEMA_REGISTRY_URL",
                "PATH",
                "ratchet_source"
            })
    void otherVariablesAreIgnored(String variable) {
        assertThat(EnvironmentVariables.setting(variable)).isEmpty();
    }

    @Test
    void unusedRatchetVariablesAreWarnings() {
        Settings settings = TestSettings.environment(Map.of(
                "RATCHET_TOPIC_EVENT", "a",
                "RATCHET_PORT", "tcp://10.0.0.1:80",
                "RATCHET_TOPIC_EVENTS", "b",
                "KAFKA_HEAP_OPTS", "-Xmx1g"));
        assertThat(settings.warnings())
                .containsExactly(
                        "Expected environment variable RATCHET_PORT to be that of a setting, but it sets nothing.",
                        "Expected environment variable RATCHET_TOPIC_EVENT to be that of a setting, but it sets nothing.");
        assertThat(settings.topics().events()).isEqualTo("b");
        assertThat(settings.kafka()).isEmpty();
    }

    @Test
    void variablesAreUniquePerSetting() {
        Map<String, String> settings = new TreeMap<>();
        KafkaSettingNames.all()
                .forEach(name -> assertThat(settings.put(EnvironmentVariables.variable(name), name))
                        .as(name)
                        .isNull());
        SettingDefinitions.ALL
                .keySet()
                .forEach(name -> assertThat(settings.put(EnvironmentVariables.variable(name), name))
                        .as(name)
                        .isNull());
    }
}
