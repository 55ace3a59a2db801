package dev.ratchet.client;

import dev.ratchet.cluster.Prerequisites;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Python 3 with modules, as Debian packages them. */
final class Python {
    private Python() {}

    /** {@return the interpreter} Without it the test is skipped, but fails where {@code CI=true}. */
    static String required(String... modules) {
        Optional<String> found = Stream.of("python3", "/usr/bin/python3")
                .filter(python -> imports(python, modules))
                .findFirst();
        Prerequisites.skipIfMissing(
                found.isPresent()
                        ? Optional.empty()
                        : Optional.of("Expected Python 3 with the modules " + String.join(", ", modules)
                                + ", but found none: apt-get install python3-avro python3-confluent-kafka"),
                "true".equals(System.getenv("CI")));
        return found.orElseThrow();
    }

    private static boolean imports(String python, String... modules) {
        try {
            Process process = new ProcessBuilder(List.of(python, "-c", "import " + String.join(", ", modules)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException notInstalled) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
