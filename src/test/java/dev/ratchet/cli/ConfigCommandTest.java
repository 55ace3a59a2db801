package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    @Test
    void configPrintsReferenceOfDocumentation() throws Exception {
        CommandResult ran = CommandResult.ratchet("config");

        assertThat(ran.exit()).isZero();
        assertThat(ran.outLines()).isEqualTo(Files.readAllLines(Path.of("docs/settings.md")));
    }

    @Test
    void effectiveSettingsShowOriginAndHideSecrets(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("ratchet.properties"), """
                ratchet.topic.alerts=pages
                kafka.sasl.jaas.config=me required username="a" password="hush";
                """);

        CommandResult ran = CommandResult.ratchet(
                "config",
                "--config",
                file.toString(),
                "--set",
                "kafka.ssl.key.password=hush=hush",
                "--set",
                "kafka.a=\"b\" =c,d");

        assertThat(ran.exit()).isZero();
        assertThat(ran.outLines())
                .contains(
                        "ratchet.application.id=ratchet (default)",
                        "ratchet.schema.registry.url= (not set)",
                        "ratchet.conductor.token= (not set)",
                        "ratchet.topic.alerts=pages (" + file + ":1)",
                        "kafka.sasl.jaas.config=[hidden] (" + file + ":2)",
                        "kafka.ssl.key.password=[hidden] (--set)",
                        "kafka.a=\"b\" =c,d (--set)")
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void effectiveSettingsNeedNoFile() {
        assertThat(CommandResult.ratchet("config", "--effective").outLines())
                .contains("ratchet.source=native (default)");
    }

    @Test
    void mistakeIsReportedInsteadOfSettings() {
        CommandResult ran = CommandResult.ratchet("config", "--set", "ratchet.source=telex");

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.outLines()).isEmpty();
        assertThat(ran.errLines())
                .containsExactly("--set: Expected ratchet.source to be native or debezium, but got 'telex'.");
    }
}
