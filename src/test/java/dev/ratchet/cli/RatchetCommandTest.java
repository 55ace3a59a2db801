package dev.ratchet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ratchet.Recordings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RatchetCommandTest {
    @TempDir
    Path folder;

    @Test
    void withoutACommandItShowsWhichThereAre() {
        Called bare = Called.ratchet();
        assertThat(bare.thenExits(2).err())
                .startsWith("Usage: ratchet [-hV] [--stacktrace] [COMMAND]")
                .contains("Commands:", "demo", "run", "replay", "topics", "config");
        assertThat(bare.out()).isEmpty();
    }

    @Test
    void helpIsNoMistake() {
        Called help = Called.ratchet("--help").thenExits(0);
        assertThat(help.out()).startsWith("Usage: ratchet").contains("replay");
        assertThat(help.err()).isEmpty();
        assertThat(Called.ratchet("replay", "--help").thenExits(0).out())
                .startsWith("Usage: ratchet replay [-hV] [--final] [--stacktrace] --format=FORMAT FILE")
                .contains("native, debezium or webhook", "- for standard input");
    }

    @Test
    void withoutABrokerTheDemoNamesTheJarThatHasOne() {
        thenCalledWrongly(
                Called.ratchet("demo", "--exit", "--trace", "FILE"),
                "Expected ratchet-demo.jar to run the demo, but this jar is without it: it carries no Kafka broker."
                        + " In a checkout, 'bin/ratchet demo' builds and runs ratchet-demo.jar.",
                "See 'ratchet demo --help'.");
        assertThat(Called.ratchet("demo", "--help").thenExits(0).out()).contains("The demo needs ratchet-demo.jar.");
    }

    @Test
    void outsideItsJarTheVersionIsDevelopment() {
        assertThat(Called.ratchet("--version").thenExits(0).out().trim()).isEqualTo("ratchet development");
        assertThat(Called.ratchet("replay", "--version").thenExits(0).out().trim())
                .isEqualTo("ratchet development");
    }

    @Test
    void anUnknownCommandIsOneLineAndAHint() {
        thenCalledWrongly(
                Called.ratchet("confg"),
                "Unmatched argument at index 0: 'confg'",
                "Did you mean: ratchet config?",
                "See 'ratchet --help'.");
    }

    @Test
    void anUnknownFormatNamesTheKnownOnes() {
        for (String format : new String[] {"foo", "", "native,debezium"}) {
            thenReplayIsCalledWrongly(
                    "Expected --format to be native, debezium or webhook, but got '" + format + "'.",
                    "--format",
                    format,
                    "x");
        }
    }

    @Test
    void theFormatMustBeSaid() {
        thenReplayIsCalledWrongly("Missing required option: '--format=FORMAT'", "x");
    }

    @Test
    void theFileMustBeSaid() {
        thenReplayIsCalledWrongly("Missing required parameter: 'FILE'", "--format", "native");
    }

    @Test
    void aFileThatIsNotThere() {
        Path none = folder.resolve("none");
        thenCannotOpen(none, "does not exist");
    }

    @Test
    void aDirectoryIsNoRecording() {
        thenCannotOpen(folder, "is a directory");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("secret"));
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root may read everything");
        thenCannotOpen(file, "may not be read");
    }

    @Test
    void whatIsNoPathIsNoRecording() {
        thenCannotOpen("a\0b", "is no path: Nul character not allowed");
    }

    @Test
    void aFileThatCannotBeOpenedForAnotherReason() {
        String tooLong = folder.resolve("x".repeat(5_000)).toString();
        String error = Called.ratchet("replay", "--format", "native", tooLong)
                .thenExits(2)
                .err();
        assertThat(error).startsWith("Expected FILE to be a recording, but '" + tooLong + "' ");
        assertThat(error.lines()).hasSize(2);
    }

    @Test
    void anOutputThatNobodyReadsAnyMoreEndsItInOneLine() {
        StringWriter err = new StringWriter();
        CommandLine command = RatchetCommand.commandLine(new NoLauncher(), new DemoJarHint(), new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        int exit = command.setErr(new PrintWriter(err))
                .execute(
                        "replay",
                        "--format",
                        "debezium",
                        Recordings.file("heartbeat.cdc").toString());
        assertThat(exit).isEqualTo(1);
        assertThat(err.toString().trim()).isEqualTo("Stopped: Broken pipe");
    }

    private static void thenCannotOpen(Object file, String why) {
        thenReplayIsCalledWrongly(
                "Expected FILE to be a recording, but '" + file + "' " + why + ".",
                "--format",
                "debezium",
                file.toString());
    }

    private static void thenReplayIsCalledWrongly(String message, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "replay";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        thenCalledWrongly(Called.ratchet(all), message, "See 'ratchet replay --help'.");
    }

    private static void thenCalledWrongly(Called called, String... lines) {
        assertThat(called.thenExits(2).err().lines()).containsExactly(lines);
        assertThat(called.out()).isEmpty();
    }
}
