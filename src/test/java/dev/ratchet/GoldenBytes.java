package dev.ratchet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Bytes that a version wrote into a store: a file of lines with a name and hexadecimal bytes. */
public final class GoldenBytes {
    private static final Path FOLDER = Path.of("src/test/resources/formats");

    private GoldenBytes() {}

    /** {@return whether there is a file for this format of this kind of value} */
    public static boolean areKept(String kind, int format) {
        return Files.exists(file(kind, format));
    }

    /** {@return the bytes of a format, by name} */
    public static Map<String, byte[]> of(String kind, int format) {
        try {
            return Files.readAllLines(file(kind, format)).stream()
                    .map(line -> line.split(" ", -1))
                    .collect(Collectors.toMap(
                            line -> line[0],
                            line -> HexFormat.of().parseHex(line[1]),
                            (one, other) -> one,
                            LinkedHashMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes a missing file of the newest format with {@code -Dgolden.write}. An existing file holds what a release wrote and is
     * never changed.
     */
    public static void keep(String kind, int format, Map<String, byte[]> written) {
        if (System.getProperty("golden.write") == null || areKept(kind, format)) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    file(kind, format),
                    written.entrySet().stream()
                            .map(one -> one.getKey() + " " + HexFormat.of().formatHex(one.getValue()) + "\n")
                            .collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String kind, int format) {
        return FOLDER.resolve(kind + "-" + format + ".txt");
    }
}
