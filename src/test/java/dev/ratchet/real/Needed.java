package dev.ratchet.real;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What these tests take from the machine. Where it is missing they are skipped, but fail where {@code CI=true}. */
final class Needed {
    private static final int CONDUCTORS_JAVA = 21;

    private Needed() {}

    /** A Java that runs Conductor. */
    static Jdk jdk() {
        return present(
                Jdk.atLeast(CONDUCTORS_JAVA),
                "Expected a JDK %d or later for Conductor in JAVA_HOME, /usr/lib/jvm or the like, but found none"
                        .formatted(CONDUCTORS_JAVA));
    }

    /** Conductor's server, which the Maven profile {@code real} fetches. */
    static Path conductorJar() {
        return present(
                Optional.ofNullable(System.getProperty("ratchet.conductor.jar"))
                        .map(Path::of)
                        .filter(Files::isRegularFile),
                "Expected Conductor's jar at ratchet.conductor.jar=%s, but there is none: mvn verify -Preal fetches it"
                        .formatted(System.getProperty("ratchet.conductor.jar")));
    }

    private static <T> T present(Optional<T> needed, String otherwise) {
        if (needed.isEmpty() && "true".equals(System.getenv("CI"))) {
            Assertions.fail(otherwise);
        }
        Assumptions.assumeTrue(needed.isPresent(), otherwise);
        return needed.orElseThrow();
    }
}
