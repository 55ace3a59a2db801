package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ratchet.Recordings;
import dev.ratchet.config.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RatchetCommandTest {
    private static final String BROKER = "kafka.bootstrap.servers=127.0.0.1:1";
    private static final String REGISTRY = "ratchet.schema.registry.url=http://127.0.0.1:1";

    @TempDir
    Path folder;

    @Test
    void missingCommandPrintsUsage() {
        CommandResult bare = CommandResult.ratchet();
        assertThat(bare.thenExits(2).err())
                .startsWith("Usage: ratchet [-hV] [--stacktrace] [COMMAND]")
                .contains("Commands:", "demo", "run", "replay", "topics", "config");
        assertThat(bare.out()).isEmpty();
    }

    @Test
    void helpOptionExitsWith0() {
        CommandResult help = CommandResult.ratchet("--help").thenExits(0);
        assertThat(help.out()).startsWith("Usage: ratchet").contains("replay");
        assertThat(help.err()).isEmpty();
        assertThat(CommandResult.ratchet("replay", "--help").thenExits(0).out())
                .startsWith("Usage: ratchet replay [-hV] [--final] [--stacktrace] --format=FORMAT FILE")
                .contains("native, debezium or webhook", "- for standard input");
    }

    @Test
    void demoWithoutBrokerNamesDemoJar() {
        thenUsageErrorIs(
                CommandResult.ratchet("demo", "--exit", "--trace", "FILE"),
                "Expected ratchet-demo.jar to run the demo, but this jar is without it: it carries no Kafka broker."
                        + " In a checkout, 'bin/ratchet demo' builds and runs ratchet-demo.jar.",
                "See 'ratchet demo --help'.");
        assertThat(CommandResult.ratchet("demo", "--help").thenExits(0).out())
                .contains("The demo needs ratchet-demo.jar.");
    }

    @Test
    void helpCommandExitsWith0() {
        CommandResult help = CommandResult.ratchet("help").thenExits(0);
        assertThat(help.out()).startsWith("Usage: ratchet").contains("replay", "topics", "config");
        assertThat(help.err()).isEmpty();
        assertThat(CommandResult.ratchet("help", "topics").thenExits(0).out()).contains("check", "apply");
    }

    @Test
    void missingOrWrongSettingExitsWith2() {
        assertThat(CommandResult.ratchet("run").thenExits(2).err()).contains("kafka.bootstrap.servers");
        assertThat(run("kafka.num.stream.threads=abc").thenExits(2).err()).contains("kafka.num.stream.threads");
        assertThat(run("kafka.processing.guarantee=twice").thenExits(2).err()).contains("kafka.processing.guarantee");
    }

    /** As Kafka's clients do for settings that only they can check. */
    @Test
    void settingRejectedByKafkaClientExitsWith2() {
        ConfigException rejected = new ConfigException("Expected something else");
        for (KafkaException failure : List.of(rejected, new KafkaException("Failed to construct", rejected))) {
            StringWriter err = new StringWriter();
            int exit = RatchetCommand.commandLine(
                            new FailingLauncher(failure), new DemoJarHint(), OutputStream.nullOutputStream())
                    .setErr(new PrintWriter(err))
                    .execute("run", "--set", BROKER, "--set", REGISTRY);
            assertThat(exit).isEqualTo(2);
            assertThat(err.toString().trim()).isEqualTo("Expected something else");
        }
    }

    @Test
    void hintsRepeatConfigOption() throws IOException {
        Path file = Files.writeString(folder.resolve("r.properties"), BROKER + "\n" + REGISTRY + "\n");
        StringWriter err = new StringWriter();
        Launcher notReady = new FailingLauncher(null) {
            @Override
            public int run(Settings settings, Consumer<String> errors) {
                errors.accept("Expected topic a, but it does not exist: run 'ratchet topics apply'.");
                throw new IllegalStateException("see 'ratchet config', not 'other'");
            }
        };
        RatchetCommand.commandLine(notReady, new DemoJarHint(), OutputStream.nullOutputStream())
                .setErr(new PrintWriter(err))
                .execute("run", "--config", file.toString());
        assertThat(err.toString().lines())
                .containsExactly(
                        "Expected topic a, but it does not exist: run 'ratchet topics apply --config " + file + "'.",
                        "java.lang.IllegalStateException: see 'ratchet config --config " + file + "', not 'other'");
    }

    private static CommandResult run(String setting) {
        return CommandResult.ratchet("run", "--set", BROKER, "--set", REGISTRY, "--set", setting);
    }

    @Test
    void versionOutsideJarIsDevelopment() {
        assertThat(CommandResult.ratchet("--version").thenExits(0).out().trim()).isEqualTo("ratchet development");
        assertThat(CommandResult.ratchet("replay", "--version")
                        .thenExits(0)
                        .out()
                        .trim())
                .isEqualTo("ratchet development");
    }

    @Test
    void unknownCommandPrintsOneLineAndHint() {
        thenUsageErrorIs(
                CommandResult.ratchet("confg"),
                "Unmatched argument at index 0: 'confg'",
                "Did you mean: ratchet config or ratchet completion?",
                "See 'ratchet --help'.");
    }

    @Test
    void unknownFormatPrintsKnownFormats() {
        for (String format : new String[] {"foo", "", "native,debezium"}) {
            thenReplayUsageErrorIs(
                    "Expected --format to be native, debezium or webhook, but got '" + format + "'.",
                    "--format",
                    format,
                    "x");
        }
    }

    @Test
    void formatIsRequired() {
        thenReplayUsageErrorIs("Missing required option: '--format=FORMAT'", "x");
    }

    @Test
    void fileIsRequired() {
        thenReplayUsageErrorIs("Missing required parameter: 'FILE'", "--format", "native");
    }

    @Test
    void missingFileIsReported() {
        Path none = folder.resolve("none");
        thenCannotOpen(none, "does not exist");
    }

    @Test
    void directoryIsRejected() {
        thenCannotOpen(folder, "is a directory");
    }

    @Test
    void unreadableFileIsReported() throws IOException {
        Path file = Files.createFile(folder.resolve("secret"));
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root may read everything");
        thenCannotOpen(file, "may not be read");
    }

    @Test
    void invalidPathIsRejected() {
        thenCannotOpen("a\0b", "is no path: Nul character not allowed");
    }

    @Test
    void otherErrorOnOpenIsReported() {
        String tooLong = folder.resolve("x".repeat(5_000)).toString();
        String error = CommandResult.ratchet("replay", "--format", "native", tooLong)
                .thenExits(2)
                .err();
        assertThat(error).startsWith("Expected FILE to be a recording, but '" + tooLong + "' ");
        assertThat(error.lines()).hasSize(2);
    }

    @Test
    void brokenPipeEndsReplayQuietly() {
        assertThat(replayInto("Broken pipe")).isEqualTo(RatchetCommand.EXIT_BROKEN_PIPE + ":");
    }

    @Test
    void fullDiskPrintsOneLine() {
        assertThat(replayInto("No space left on device")).isEqualTo("1:Stopped: No space left on device");
    }

    /** {@return exit code and standard error of a replay whose output fails} */
    private static String replayInto(String failure) {
        StringWriter err = new StringWriter();
        CommandLine command = RatchetCommand.commandLine(new NoLauncher(), new DemoJarHint(), new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        });
        int exit = command.setErr(new PrintWriter(err))
                .execute(
                        "replay",
                        "--format",
                        "debezium",
                        Recordings.file("heartbeat.cdc").toString());
        return exit + ":" + err.toString().trim();
    }

    private static void thenCannotOpen(Object file, String why) {
        thenReplayUsageErrorIs(
                "Expected FILE to be a recording, but '" + file + "' " + why + ".",
                "--format",
                "debezium",
                file.toString());
    }

    private static void thenReplayUsageErrorIs(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "replay";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        thenUsageErrorIs(CommandResult.ratchet(all), message, "See 'ratchet replay --help'.");
    }

    private static void thenUsageErrorIs(CommandResult called, String... lines) {
        assertThat(called.thenExits(2).err().lines()).containsExactly(lines);
        assertThat(called.out()).isEmpty();
    }
}
