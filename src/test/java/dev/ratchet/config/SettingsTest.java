package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void defaultsMatchDocumentation() {
        Settings settings = TestSettings.overrides(Map.of());
        assertThat(settings.application())
                .isEqualTo(new ApplicationSettings(
                        "ratchet", Path.of("./data/state"), 256 << 20, Duration.ofMinutes(1), false));
        assertThat(settings.source())
                .isEqualTo(new SourceSettings(SourceSettings.Kind.NATIVE, 0, Duration.ofMinutes(5)));
        assertThat(settings.topics())
                .isEqualTo(new TopicSettings(
                        "task-status-events",
                        "conductor.public.task",
                        "task-status-changelog",
                        "task-status-rejections",
                        "task-status-alerts",
                        "task-status-dead-letters",
                        "conductor-repair-commands",
                        "conductor-repair-results"));
        assertThat(settings.conductor())
                .isEqualTo(new ConductorSettings(Optional.empty(), Optional.empty(), "Authorization", 50));
        assertThat(settings.repair())
                .isEqualTo(new RepairSettings(
                        RepairSettings.Mode.DRY_RUN,
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1),
                        512 * 1024,
                        5));
        assertThat(settings.audit())
                .isEqualTo(new AuditSettings(false, Duration.ofSeconds(30), Duration.ofMinutes(10), 10));
        assertThat(settings.watch())
                .isEqualTo(new WatchSettings(
                        Duration.ofMinutes(15), Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(90)));
        assertThat(settings.topicCreation()).isEqualTo(new TopicCreationSettings(6, (short) -1, Duration.ofDays(7)));
        assertThat(settings.rejections()).isEqualTo(new RejectionSettings(false));
        assertThat(settings.registry().url()).isEmpty();
        assertThat(settings.kafka()).isEmpty();
        assertThat(settings.serde())
                .isEqualTo(Map.of(
                        "value.serializer", "dev.ratchet.avro.AvroRecordSerializer",
                        "value.deserializer", "dev.ratchet.avro.AvroRecordDeserializer"));
    }

    @Test
    void conductorIsCalledOnlyWithUrlAndRepairsOrAudits() {
        String url = "ratchet.conductor.url";
        String address = "http://localhost:8080/api";
        assertThat(TestSettings.overrides(Map.of()).asksConductor()).isFalse();
        assertThat(TestSettings.overrides(Map.of(url, address)).asksConductor()).isTrue();
        assertThat(TestSettings.overrides(Map.of(url, address, "ratchet.repair.mode", "off"))
                        .asksConductor())
                .isFalse();
        assertThat(TestSettings.overrides(
                                Map.of(url, address, "ratchet.repair.mode", "off", "ratchet.audit.mode", "on"))
                        .asksConductor())
                .isTrue();
    }

    @Test
    void answersAreReadWheneverConductorUrlIsSet() {
        assertThat(TestSettings.overrides(Map.of()).readsAnswers()).isFalse();
        assertThat(TestSettings.overrides(Map.of(
                                "ratchet.conductor.url", "http://localhost:8080/api", "ratchet.repair.mode", "off"))
                        .readsAnswers())
                .isTrue();
    }

    @Test
    void overridesPrecedeEnvironmentAndEnvironmentPrecedesFile() throws IOException {
        Path file = folder.resolve("ratchet.properties");
        Files.writeString(file, "ratchet.application.id=f\nratchet.source=debezium\nratchet.source.offset=1\n");
        Settings settings = Settings.load(
                Optional.of(file),
                Map.of("RATCHET_APPLICATION_ID", "e", "RATCHET_SOURCE_OFFSET", "2"),
                Map.of("ratchet.application.id", "o"));
        assertThat(settings.application().id()).isEqualTo("o");
        assertThat(settings.source())
                .isEqualTo(new SourceSettings(SourceSettings.Kind.DEBEZIUM, 2, Duration.ofMinutes(5)));
        assertThat(settings.effective())
                .contains(
                        "ratchet.application.id=o (--set)",
                        "ratchet.source=debezium (" + file + ":2)",
                        "ratchet.source.offset=2 (environment variable RATCHET_SOURCE_OFFSET)",
                        "ratchet.topic.partitions=6 (default)",
                        "ratchet.schema.registry.url= (not set)");
    }

    @Test
    void kafkaAndSerdeSettingsLoseTheirPrefix() {
        Settings settings = TestSettings.overrides(Map.of(
                "kafka.bootstrap.servers", "b:9092",
                "kafka.my.interceptor.option", "x",
                "ratchet.serde.auto.register.schemas", "false",
                "ratchet.schema.registry.url", "mock://demo"));
        assertThat(settings.kafka()).isEqualTo(Map.of("bootstrap.servers", "b:9092", "my.interceptor.option", "x"));
        assertThat(settings.serde())
                .containsAllEntriesOf(Map.of("auto.register.schemas", "false", "schema.registry.url", "mock://demo"));
        assertThat(settings.effective()).contains("kafka.my.interceptor.option=x (--set)");
        assertThatThrownBy(() -> settings.kafka().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void unknownKafkaNameIsWarningWithSuggestion() {
        Settings settings = TestSettings.overrides(Map.of(
                "kafka.sesion.timeout.ms", "9000",
                "kafka.my.interceptor.option", "x",
                "kafka.topic.retention.ms", "1",
                "kafka.config.providers.vault.class", "x"));
        assertThat(settings.warnings())
                .containsExactly(
                        "--set: Expected kafka.my.interceptor.option to be a setting that Kafka knows, but it is not. It"
                                + " has no effect, unless a plug-in reads it.",
                        "--set: Expected kafka.sesion.timeout.ms to be a setting that Kafka knows, but it is not: did you"
                                + " mean kafka.session.timeout.ms? It has no effect, unless a plug-in reads it.");
    }

    @Test
    void valuesAreTrimmed() {
        Settings settings =
                TestSettings.overrides(Map.of("ratchet.topic.events", " e ", "ratchet.topic.retention", "PT1M "));
        assertThat(settings.topics().events()).isEqualTo("e");
        assertThat(settings.topicCreation().retention()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void summaryShowsMainSettingsWithoutSecrets() {
        String start = "ratchet.source=native (default), ratchet.repair.mode=dry-run (default), ratchet.audit.mode=off"
                + " (default), ratchet.conductor.url=";
        String end = ", kafka.num.stream.threads=1 (default), ratchet.state.dir=./data/state (default)";
        assertThat(TestSettings.overrides(Map.of()).summary())
                .isEqualTo(
                        start + " (not set)" + end + ". Nothing is repaired, because ratchet.conductor.url is not set");
        assertThat(TestSettings.overrides(Map.of("ratchet.conductor.url", "http://me:s3cret@host/api"))
                        .summary())
                .isEqualTo(start + "http://[hidden]@host/api (--set)" + end);
        assertThat(TestSettings.overrides(Map.of("ratchet.repair.mode", "off", "kafka.num.stream.threads", "4"))
                        .summary())
                .contains("kafka.num.stream.threads=4 (--set)")
                .doesNotContain("Nothing is repaired");
    }

    @Test
    void unwritableStateDirectoryIsRejected() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path bad : List.of(file, file.resolve("state"), Path.of("/proc/ratchet"))) {
            Settings settings = TestSettings.overrides(Map.of("ratchet.state.dir", bad.toString()));
            assertThat(TestSettings.mistakes(settings::forRun))
                    .singleElement()
                    .asString()
                    .startsWith("--set: Expected ratchet.state.dir to be a folder that Ratchet can write to, but got '"
                            + bad + "': java.nio.file.");
        }
        Path good = folder.resolve("a").resolve("b");
        assertThat(TestSettings.mistakes(() -> TestSettings.overrides(Map.of("ratchet.state.dir", good.toString()))
                        .forRun()))
                .isEmpty();
        assertThat(good).isEmptyDirectory();
    }
}
