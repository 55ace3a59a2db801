package dev.ratchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code bin/ratchet} finds or builds its jar and runs it. */
@Timeout(120)
class PackagedIT extends PackagedFixture {
    private static final String[] REPLAY_STDIN = {"replay", "--format", "native", "-"};

    @Test
    void recordingIsReplayedWithoutOtherOutput() throws Exception {
        Completed completed = run(SCRIPT, Map.of(), REPLAY);

        assertReplayed(completed);
        assertThat(completed.err().lines()).singleElement().asString().contains("1 lost updates rejected");
    }

    @Test
    void missingFileIsReported() throws Exception {
        Completed completed = run(SCRIPT, Map.of(), "replay", "--format", "debezium", "missing.jsonl");

        assertThat(completed.exitCode()).isEqualTo(2);
        assertThat(completed.out()).isEmpty();
        assertThat(completed.err()).contains("'missing.jsonl' does not exist");
    }

    @Test
    void jarIsFoundThroughLinksAndNextToScript() throws Exception {
        Path installed = Files.createDirectories(directory.resolve("opt/with space/bin"));
        Files.copy(SCRIPT, installed.resolve("ratchet"));
        Path jar = Files.createSymbolicLink(installed.resolveSibling("ratchet.jar"), JAR);
        Path relative = Files.createSymbolicLink(directory.resolve("opt/link"), Path.of("with space/bin/ratchet"));
        Path absolute = Files.createSymbolicLink(directory.resolve("ratchet"), relative);

        assertReplayed(run(absolute, Map.of(), REPLAY));
        Files.delete(jar); // JUnit warns of links that point outside its folder
    }

    @Test
    void missingJarIsBuilt() throws Exception {
        Path script = checkout();
        script(directory.resolve("tools/mvn"), "echo chatter; mkdir target; cp " + JAR + " target");
        String path = directory.resolve("tools") + ":" + System.getenv("PATH");
        Completed completed = run(script, Map.of("PATH", path), REPLAY);

        assertReplayed(completed);
        assertThat(completed.err()).startsWith("Building Ratchet, once").contains("chatter");
    }

    @Test
    void missingDemoJarIsBuilt() throws Exception {
        Path script = checkout();
        Files.copy(JAR, Files.createDirectory(directory.resolve("target")).resolve("ratchet.jar"));
        script(directory.resolve("tools/mvn"), "cp " + DEMO_JAR + " target");
        String path = directory.resolve("tools") + ":" + System.getenv("PATH");
        Completed completed = run(script, Map.of("PATH", path), "--stacktrace", "demo", "--trace", "missing.jsonl");

        assertThat(completed.exitCode()).as(completed.err()).isEqualTo(2);
        assertThat(completed.out()).isEmpty();
        assertThat(completed.err())
                .startsWith("Building Ratchet, once")
                .contains("Expected --trace to be a recording, but 'missing.jsonl' is not a file.");
    }

    @Test
    void productionJarNamesMissingDemoJar() throws Exception {
        Path script = checkout();
        Files.delete(directory.resolve("pom.xml"));
        Path jar = Files.createSymbolicLink(directory.resolve("ratchet.jar"), JAR);
        Completed completed = run(script, Map.of(), "demo", "--exit");

        assertThat(completed.exitCode()).as(completed.err()).isEqualTo(2);
        assertThat(completed.out()).isEmpty();
        assertThat(completed.err()).startsWith("Expected ratchet-demo.jar to run the demo, ");
        Files.delete(jar); // JUnit warns of links that point outside its folder
    }

    @Test
    void failedBuildLeavesNoJar() throws Exception {
        Path script = checkout();
        script(
                directory.resolve("tools/mvn"),
                "mkdir target; echo half > target/ratchet.jar; echo half > target/ratchet-demo.jar; exit 1");
        String path = directory.resolve("tools") + ":" + System.getenv("PATH");

        assertRejected(
                run(script, Map.of("PATH", path), REPLAY),
                "Expected Maven to build Ratchet, but it failed: see the output above.");
        assertThat(directory.resolve("target")).isEmptyDirectory();
    }

    @Test
    void neitherInstallationNorCheckoutIsRejected() throws Exception {
        Path script = checkout();
        Files.delete(directory.resolve("pom.xml"));

        assertRejected(run(script, Map.of(), REPLAY), "or a checkout to build it from, but found neither.");
    }

    @Test
    void scriptBecomesJvmAndReceivesSignals() throws Exception {
        Process process = start(SCRIPT, Map.of("JAVA_OPTS", "-showversion -Dunused=*"), REPLAY_STDIN)
                .start();
        try (BufferedReader err = process.errorReader(UTF_8)) {
            assertThat(err.readLine()).contains("version");
            assertThat(process.info().command())
                    .hasValueSatisfying(command -> assertThat(command).endsWith("java"));

            process.destroy();

            assertThat(process.waitFor(60, SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }
}
