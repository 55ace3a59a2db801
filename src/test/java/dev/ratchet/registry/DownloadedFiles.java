package dev.ratchet.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What {@code mvn verify} fetches for these tests. Where it is missing they are skipped, but fail where {@code CI=true}. */
final class DownloadedFiles {
    private DownloadedFiles() {}

    /** A jar with Confluent's own serdes, and much else: for no class path that other tests share. */
    static Path confluent() {
        return file("Confluent's serdes", "ratchet.confluent.jar");
    }

    /** Apicurio's registry, packed. */
    static Path apicurio() {
        return file("Apicurio's registry", "ratchet.apicurio.archive");
    }

    private static Path file(String what, String property) {
        String path = System.getProperty(property, "");
        boolean there = !path.isEmpty() && Files.isRegularFile(Path.of(path));
        String otherwise =
                "Expected %s at %s=%s, but there is nothing: mvn verify fetches it".formatted(what, property, path);
        if (!there && "true".equals(System.getenv("CI"))) {
            Assertions.fail(otherwise);
        }
        if (!there) {
            System.err.println("Skipped: " + otherwise);
        }
        Assumptions.assumeTrue(there, otherwise);
        return Path.of(path);
    }
}
