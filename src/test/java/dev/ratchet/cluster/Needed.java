package dev.ratchet.cluster;

import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a cluster takes from the machine or the environment. */
final class Needed {
    private Needed() {}

    /**
     * Skips the tests if something is missing.
     *
     * @param missing what, and how to get it; empty if nothing is
     * @param required whether that is a failure instead
     */
    static void nothing(Optional<String> missing, boolean required) {
        missing.filter(what -> required).ifPresent(Assertions::fail);
        missing.ifPresent(what -> System.err.println("Skipped: " + what));
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }

    /** Skips the test, with the reason, unless this holds. */
    static void that(boolean holds, String otherwise) {
        nothing(holds ? Optional.empty() : Optional.of(otherwise), false);
    }
}
