package dev.ratchet.cluster;

import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Requirements of a cluster on the machine or environment. */
public final class Prerequisites {
    private Prerequisites() {}

    /**
     * Skips the tests if something is missing.
     *
     * @param missing what is missing and how to provide it; empty if nothing is
     * @param required whether to fail instead
     */
    public static void skipIfMissing(Optional<String> missing, boolean required) {
        missing.filter(what -> required).ifPresent(Assertions::fail);
        missing.ifPresent(what -> System.err.println("Skipped: " + what));
        Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }

    /** Skips the test with the reason unless the condition is true. */
    static void skipUnless(boolean holds, String otherwise) {
        skipIfMissing(holds ? Optional.empty() : Optional.of(otherwise), false);
    }
}
