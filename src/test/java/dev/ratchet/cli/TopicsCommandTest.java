package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TopicsCommandTest {
    private static final String NOBODY = "kafka.bootstrap.servers=127.0.0.1:1";

    @ParameterizedTest
    @ValueSource(strings = {"check", "apply"})
    void missingBrokerPrintsOneLine(String command) {
        CommandResult ran =
                CommandResult.ratchet("topics", command, "--set", NOBODY, "--set", "kafka.default.api.timeout.ms=500");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.outLines()).isEmpty();
        assertThat(ran.errLines())
                .singleElement()
                .asString()
                .startsWith("Expected a Kafka broker at kafka.bootstrap.servers=127.0.0.1:1, but none answered within"
                        + " 0.5 s: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"topics check", "reset"})
    void unresolvableBrokerNamePrintsOneLine(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of("--set", "kafka.bootstrap.servers=no.such.host.invalid:9092"));
        CommandResult ran = CommandResult.ratchet(arguments.toArray(String[]::new));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errLines())
                .singleElement()
                .asString()
                .startsWith("Expected a Kafka broker at kafka.bootstrap.servers=no.such.host.invalid:9092, but its"
                        + " address cannot be resolved: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "retry --failed"})
    void repairsWithoutBrokerPrintOneLine(String command) {
        List<String> arguments = new ArrayList<>(List.of("repairs"));
        arguments.addAll(List.of(command.split(" ")));
        arguments.addAll(List.of(
                "--set", NOBODY, "--set", "kafka.default.api.timeout.ms=500", "--set", "kafka.request.timeout.ms=500"));
        arguments.addAll(List.of("--set", "ratchet.schema.registry.url=mock://nobody"));
        CommandResult ran = CommandResult.ratchet(arguments.toArray(String[]::new));

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errLines()).singleElement().asString().startsWith("Expected a Kafka broker at ");
    }

    @Test
    void unknownKafkaSettingIsWarningNotError() {
        CommandResult ran = CommandResult.ratchet("config", "--set", "kafka.sesion.timeout.ms=9000");

        assertThat(ran.exit()).isZero();
        assertThat(ran.errLines()).singleElement().asString().contains("did you mean kafka.session.timeout.ms?");
    }

    @Test
    void wrongSerdeSettingExitsWith2() {
        CommandResult ran = CommandResult.ratchet(
                "schemas",
                "check",
                "--set",
                "ratchet.schema.registry.url=http://127.0.0.1:1",
                "--set",
                "ratchet.serde.max.retries=many");

        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void resetWithoutBrokerPrintsOneLineAndDeletesNothing(@TempDir Path state) {
        CommandResult ran = CommandResult.ratchet(
                "reset",
                "--execute",
                "--yes",
                "--set",
                NOBODY,
                "--set",
                "kafka.default.api.timeout.ms=500",
                "--set",
                "ratchet.state.dir=" + state.getParent(),
                "--set",
                "ratchet.application.id=" + state.getFileName());
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.outLines()).isEmpty();
        assertThat(ran.errLines()).singleElement().asString().startsWith("Expected a Kafka broker at ");
        assertThat(state).exists();
    }

    @Test
    void stackTraceIsPrintedOnRequest() {
        CommandResult ran = CommandResult.ratchet(
                "topics", "check", "--stacktrace", "--set", NOBODY, "--set", "kafka.default.api.timeout.ms=500");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.errLines()).anyMatch(line -> line.startsWith("\tat dev.ratchet.topics.TopicAdmin.check("));
    }

    @Test
    void allSettingErrorsAreReported(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("ratchet.properties"), "ratchet.topic.partitions=many\n");

        CommandResult ran =
                CommandResult.ratchet("topics", "check", "--config", file.toString(), "--set", "ratchet.colour=red");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.errLines())
                .containsExactly(
                        "--set: Expected a known setting, but got ratchet.colour.",
                        "Expected kafka.bootstrap.servers to be set, in the file, as environment variable"
                                + " KAFKA_BOOTSTRAP_SERVERS or with --set, but it is not.",
                        file + ":1: Expected ratchet.topic.partitions to be a whole number of at least 1, but got"
                                + " 'many'.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "=value"})
    void overrideNeedsNameAndValue(String override) {
        CommandResult ran = CommandResult.ratchet("topics", "check", "--set", override);

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.errLines())
                .containsExactly(
                        "Expected --set NAME=VALUE, but got '" + override + "'.", "See 'ratchet topics check --help'.");
    }

    @Test
    void missingSubcommandExitsWith2() {
        assertThat(CommandResult.ratchet("topics").exit()).isEqualTo(2);
    }
}
