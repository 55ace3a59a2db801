package dev.ratchet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/ratchet} and the packaged jars, run as processes. */
@Timeout(120)
class PackagedIT {
    private static final Path SCRIPT = Path.of("bin/ratchet").toAbsolutePath();
    private static final Path JAR = Path.of(System.getProperty("ratchet.jar", "target/ratchet.jar"));
    private static final Path DEMO_JAR = Path.of(System.getProperty("ratchet.demo.jar", "target/ratchet-demo.jar"));
    private static final Path RECORDINGS =
            Path.of("src/test/resources/recordings").toAbsolutePath();
    private static final String RECORDING =
            RECORDINGS.resolve("lost_update.cdc.jsonl").toString();
    /** Files that only the demo needs: itself, the broker, Scala. The Kafka client has some of {@code org.apache.kafka.server} too. */
    private static final Pattern DEMO = Pattern.compile("(dev/ratchet/demo|traces|scala|org/apache/logging)/.*"
            + "|kafka/.*\\.class"
            + "|org/apache/kafka/(?!(clients|common|streams|shaded|server/(authorizer|policy|quota|telemetry))/).*");

    private static final String[] REPLAY = {"replay", "--format", "debezium", "--final", RECORDING};
    private static final String[] REPLAY_STDIN = {"replay", "--format", "native", "-"};

    @TempDir
    Path directory;

    private record Completed(int exitCode, String out, String err) {}

    @Test
    void recordingIsReplayedWithoutOtherOutput() throws Exception {
        Completed completed = run(SCRIPT, Map.of(), REPLAY);

        assertReplayed(completed);
        assertThat(completed.err().lines()).singleElement().asString().contains("1 lost updates refused");
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
                .contains("Expected --trace to be a recording, but 'missing.jsonl' is no file.");
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
    void productionJarHasNoBrokerNoScalaAndNoDemo() throws Exception {
        assertThat(demoFiles(JAR)).isEmpty();
        assertThat(demoFiles(DEMO_JAR))
                .contains(
                        "dev/ratchet/demo/DemoMain.class",
                        "kafka/server/KafkaRaftServer.class",
                        "org/apache/kafka/server/config/ServerConfigs.class",
                        "scala/Option.class",
                        "traces/race_176.cdc.jsonl");
    }

    @Test
    void demoJarContainsProductionJar() throws Exception {
        assertThat(files(DEMO_JAR)).doesNotHaveDuplicates().containsAll(files(JAR));
        assertThat(files(DEMO_JAR)).noneMatch(file -> file.startsWith("org/junit/"));
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
                "Expected Maven to build Ratchet, but it failed, as told above.");
        assertThat(directory.resolve("target")).isEmptyDirectory();
    }

    @Test
    void neitherInstallationNorCheckoutIsRejected() throws Exception {
        Path script = checkout();
        Files.delete(directory.resolve("pom.xml"));

        assertRejected(run(script, Map.of(), REPLAY), "or a checkout to build it from, but found neither.");
    }

    @Test
    void javaHomeWithoutJavaIsRejected() throws Exception {
        assertRejected(
                run(SCRIPT, Map.of("JAVA_HOME", directory.toString()), REPLAY),
                "Expected JAVA_HOME to be the folder of a JDK 17 or later, but found no bin/java in '" + directory
                        + "'.");
    }

    @Test
    void java11IsRejected() throws Exception {
        script(directory.resolve("bin/java"), "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");

        assertRejected(
                run(SCRIPT, Map.of("JAVA_HOME", directory.toString()), REPLAY),
                "but found Java 11 in '" + directory + "'.");
    }

    @Test
    void java8IsRejected() throws Exception {
        script(directory.resolve("bin/java"), "echo 'java version \"1.8.0_402\"' >&2");

        assertRejected(
                run(SCRIPT, Map.of("JAVA_HOME", directory.toString()), REPLAY),
                "but found Java 8 in '" + directory + "'.");
    }

    @Test
    void javaWithoutCompilerIsRejectedForBuild() throws Exception {
        Path script = checkout();
        script(directory.resolve("jre/bin/java"), "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2");

        assertRejected(
                run(script, Map.of("JAVA_HOME", directory.resolve("jre").toString()), REPLAY),
                "but found Java 17 without javac, which building needs, in '" + directory.resolve("jre") + "'.");
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

    /** Files of a jar that belong to the demo, the broker or Scala. */
    private static List<String> demoFiles(Path jar) throws IOException {
        return files(jar).stream().filter(file -> DEMO.matcher(file).matches()).toList();
    }

    private static List<String> files(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }

    private static void assertReplayed(Completed completed) throws IOException {
        assertThat(completed.exitCode()).as(completed.err()).isZero();
        assertThat(completed.out()).isEqualTo(Files.readString(RECORDINGS.resolve("lost_update.final.jsonl")));
    }

    private static void assertRejected(Completed completed, String message) {
        assertThat(completed.exitCode()).isEqualTo(1);
        assertThat(completed.out()).isEmpty();
        assertThat(completed.err()).endsWith(message + "\n");
    }

    /** A checkout without build output. */
    private Path checkout() throws IOException {
        Files.createFile(directory.resolve("pom.xml"));
        return Files.copy(
                SCRIPT, Files.createDirectory(directory.resolve("bin")).resolve("ratchet"));
    }

    private static void script(Path path, String commands) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Completed run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = start(script, environment, arguments)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, SECONDS)).as("ended").isTrue();
            return new Completed(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }

    /** With the Java of this test, and without environment variables that make a JVM print. */
    private ProcessBuilder start(Path script, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }
}
