package dev.ratchet;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which Java {@code bin/ratchet} accepts. */
@Timeout(120)
class PackagedJavaIT extends PackagedFixture {
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
}
