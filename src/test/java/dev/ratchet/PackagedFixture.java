package dev.ratchet;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code bin/ratchet} as a process. */
abstract class PackagedFixture {
    static final Path SCRIPT = Path.of("bin/ratchet").toAbsolutePath();
    static final Path JAR = Path.of(System.getProperty("ratchet.jar", "target/ratchet.jar"));
    static final Path DEMO_JAR = Path.of(System.getProperty("ratchet.demo.jar", "target/ratchet-demo.jar"));

    static final Path RECORDINGS = Path.of("src/test/resources/recordings").toAbsolutePath();

    static final String RECORDING = RECORDINGS.resolve("lost_update.cdc.jsonl").toString();

    static final String[] REPLAY = {"replay", "--format", "debezium", "--final", RECORDING};

    @TempDir
    Path directory;

    record Completed(int exitCode, String out, String err) {}

    static void assertReplayed(Completed completed) throws IOException {
        assertThat(completed.exitCode()).as(completed.err()).isZero();
        assertThat(completed.out()).isEqualTo(Files.readString(RECORDINGS.resolve("lost_update.final.jsonl")));
    }

    static void assertRejected(Completed completed, String message) {
        assertThat(completed.exitCode()).isEqualTo(1);
        assertThat(completed.out()).isEmpty();
        assertThat(completed.err()).endsWith(message + "\n");
    }

    /** A checkout without build output. */
    Path checkout() throws IOException {
        Files.createFile(directory.resolve("pom.xml"));
        return Files.copy(
                SCRIPT, Files.createDirectory(directory.resolve("bin")).resolve("ratchet"));
    }

    static void script(Path path, String commands) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + commands + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Completed run(Path script, Map<String, String> environment, String... arguments) throws Exception {
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
    ProcessBuilder start(Path script, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }
}
