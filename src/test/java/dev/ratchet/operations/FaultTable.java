package dev.ratchet.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** All faults that were brought about, in Markdown. */
final class FaultTable {
    private static final String HEAD = """
            | fault | live | ready | status | metrics | log |
            | --- | --- | --- | --- | --- | --- |
            """;

    private final Map<Integer, String> rows = new ConcurrentSkipListMap<>();

    /** Adds a row, or replaces the one with this number. */
    void put(int number, String name, List<String> cells) {
        rows.put(
                number,
                cells.stream()
                        .map(cell -> cell.isEmpty() ? "–" : cell)
                        .collect(Collectors.joining(" | ", "| " + name + " | ", " |")));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file, HEAD + rows.values().stream().map(row -> row + "\n").collect(Collectors.joining()));
    }
}
