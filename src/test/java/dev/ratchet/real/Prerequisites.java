package dev.ratchet.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What these tests take from the machine. Where it is missing they are skipped, but fail where {@code CI=true}. */
final class Prerequisites {
    private static final int CONDUCTORS_JAVA = 21;

    private Prerequisites() {}

    /** Asks for all of it before anything is started. */
    static void all() {
        jdk();
        conductorJar();
        connectClassPath();
    }

    /** A Java that runs Conductor. */
    static Jdk jdk() {
        return present(
                Jdk.atLeast(CONDUCTORS_JAVA),
                "Expected a JDK %d or later for Conductor at -Dratchet.real.jdk, JAVA_HOME, in /usr/lib/jvm or the like, but found none"
                        .formatted(CONDUCTORS_JAVA));
    }

    /** Conductor's server. */
    static Path conductorJar() {
        return file("Conductor's jar", "ratchet.conductor.jar");
    }

    /** The class path of Kafka Connect with Debezium, in a file. */
    static Path connectClassPath() {
        return file("the class path of Kafka Connect", "ratchet.connect.classpath");
    }

    private static Path file(String what, String property) {
        String path = System.getProperty(property);
        return present(
                Optional.ofNullable(path).map(Path::of).filter(Files::isRegularFile),
                "Expected %s at %s=%s, but there is none: mvn verify -Preal makes it".formatted(what, property, path));
    }

    private static <T> T present(Optional<T> needed, String otherwise) {
        if (needed.isEmpty() && "true".equals(System.getenv("CI"))) {
            Assertions.fail(otherwise);
        }
        if (needed.isEmpty()) {
            System.err.println("Skipped: " + otherwise);
        }
        Assumptions.assumeTrue(needed.isPresent(), otherwise);
        return needed.orElseThrow();
    }
}
