package dev.ratchet.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicClientTest {
    private static final String NOBODY = "127.0.0.1:1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default.api.timeout.ms       | request.timeout.ms       | 15000 | 15000
            default.api.timeout.ms=5000  | request.timeout.ms       | 5000  | 5000
            default.api.timeout.ms=90000 | request.timeout.ms       | 90000 | 15000
            default.api.timeout.ms       | request.timeout.ms=4000  | 15000 | 4000
            default.api.timeout.ms       | request.timeout.ms=40000 | 40000 | 40000
            default.api.timeout.ms=9000  | admin.request.timeout.ms=8000 | 9000 | 8000
            """)
    void timeoutsAreShortByDefault(String first, String second, int whole, int request) {
        Map<String, Object> kafka = new HashMap<>(Map.of("bootstrap.servers", NOBODY));
        for (String given : new String[] {first, second}) {
            if (given.contains("=")) {
                kafka.put(given.split("=", 2)[0], given.split("=", 2)[1]);
            }
        }
        assertThat(TopicClient.settings(kafka))
                .containsEntry("default.api.timeout.ms", whole)
                .containsEntry("request.timeout.ms", request);
    }

    @Test
    @Timeout(30)
    void missingBrokerIsReportedInTime() {
        long before = System.nanoTime();
        try (TopicAdmin admin = new TopicAdmin(Map.of("bootstrap.servers", NOBODY, "default.api.timeout.ms", "1000"))) {
            assertThatThrownBy(() -> admin.check(TopicComparisonTest.plan(Map.of())))
                    .isInstanceOf(BrokerUnavailableException.class)
                    .hasMessageStartingWith("Expected a Kafka broker at kafka.bootstrap.servers=127.0.0.1:1, but none"
                            + " answered within 1 s: ");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bootstrap.servers  | no port        | Invalid url in bootstrap.servers: no port
            security.protocol  | SASL_PLAINTEXT | Could not find a 'KafkaClient' entry in the JAAS configuration
            default.api.timeout.ms | soon       | Invalid value soon for configuration default.api.timeout.ms
            """)
    void invalidClientSettingsAreNamed(String name, String value, String message) {
        Map<String, Object> kafka = new HashMap<>(Map.of("bootstrap.servers", NOBODY));
        kafka.put(name, value);

        assertThatThrownBy(() -> new TopicAdmin(kafka))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Expected kafka.* settings that Kafka's client accepts, but got: " + message);
    }

    @Test
    void unresolvableAddressIsUnavailableBroker() {
        assertThatThrownBy(() -> new TopicAdmin(Map.of("bootstrap.servers", "nobody.invalid:9092")))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("its address cannot be resolved");
    }

    @Test
    void missingPermissionIsNamed() {
        KafkaFutureImpl<String> answer = new KafkaFutureImpl<>();
        answer.completeExceptionally(new TopicAuthorizationException("Not authorized to access topics: [a]"));
        try (TopicClient client = new TopicClient(Map.of("bootstrap.servers", NOBODY))) {
            assertThatThrownBy(() -> client.get("describe topic a", answer))
                    .isInstanceOf(BrokerRefusedException.class)
                    .hasMessage("Expected to describe topic a, but Ratchet is not authorized to (kafka-acls.sh): Not"
                            + " authorized to access topics: [a]");
        }
    }
}
