package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares a generated file with the code it comes from. {@code mvn test -Dgolden.write} regenerates it. */
public final class Golden {
    private Golden() {}

    /**
     * Fails if the file does not hold the text.
     *
     * @param file relative to the root of the repository, where Maven runs the tests; UTF-8, lines end in LF
     */
    public static void check(Path file, String actual) {
        try {
            if (System.getProperty("golden.write") != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, actual);
            }
            // A checkout on Windows may have changed the line ends.
            String held = Files.exists(file) ? Files.readString(file).replace("\r\n", "\n") : "";
            assertThat(actual)
                    .as("%s differs; run mvn test -Dgolden.write and look at the diff", file)
                    .isEqualTo(held);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
