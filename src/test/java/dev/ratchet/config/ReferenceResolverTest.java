package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceResolverTest {
    @TempDir
    Path folder;

    @Test
    void referencesResolveToVariablesAndFiles() throws IOException {
        Path secrets = Files.writeString(folder.resolve("secrets.properties"), "password=a$b\\\\c\n");
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of("WHERE", "b1:9092", "N", "3", "RATCHET_TOPIC_PARTITIONS", "${env:N}"),
                Map.of(
                        "kafka.bootstrap.servers",
                        "${env:WHERE},b2:9092",
                        "kafka.sasl.jaas.config",
                        "L required password=\"${file:" + secrets + ":password}\";"));
        assertThat(settings.kafka())
                .containsEntry("bootstrap.servers", "b1:9092,b2:9092")
                .containsEntry("sasl.jaas.config", "L required password=\"a$b\\c\";");
        assertThat(settings.topicCreation().partitions()).isEqualTo(3);
    }

    @Test
    void resolvedValuesAreNotResolvedAgain() {
        Settings settings =
                Settings.load(Optional.empty(), Map.of("P", "${env:Q}"), Map.of("kafka.ssl.key.password", "${env:P}"));
        assertThat(settings.kafka()).containsEntry("ssl.key.password", "${env:Q}");
    }

    @Test
    void unresolvableReferenceIsRejected() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.properties"), "a=\\u12\n");
        assertThat(mistakes("${env:NONE}"))
                .containsExactly(
                        "--set: Expected ${env:NONE} in ratchet.topic.events to have a value, but found none.");
        assertThat(mistakes("${file:/no/such:key}"))
                .containsExactly(
                        "--set: Expected ${file:/no/such:key} in ratchet.topic.events to have a value, but found"
                                + " none: cannot read /no/such.");
        assertThat(mistakes("${file:" + broken + ":a}"))
                .singleElement()
                .asString()
                .contains("Malformed");
        assertThat(mistakes("${env:a:b}")).singleElement().asString().contains("Path is not supported");
        assertThat(mistakes("${vault:a}"))
                .containsExactly(
                        "--set: Expected ${env:NAME} or ${file:PATH:KEY} in ratchet.topic.events, but got ${vault:a}.");
    }

    @Test
    void referencesToKafkaConfigProvidersAreKept() {
        Settings settings = TestSettings.overrides(
                Map.of("kafka.config.providers", "dir, vault, dir", "kafka.ssl.key.password", "${vault:path:key}"));
        assertThat(settings.kafka()).containsEntry("ssl.key.password", "${vault:path:key}");
    }

    private static List<String> mistakes(String value) {
        return TestSettings.mistakes("ratchet.topic.events", value);
    }
}
