package dev.ratchet.task.sim;

import java.util.List;
import java.util.function.Function;

/** Which ways to err the histories produce, and how often each is a history's first error. */
final class ProducedRecords {
    private ProducedRecords() {}

    static String of(List<Cell> cells) {
        StringBuilder text = new StringBuilder("""

                ## What is produced, and what is missed first

                Records of each kind in the held-out histories, then the histories whose first error is a missed reopening, by who
                wrote it: a rerun or retry of an old copy, or whoever goes on from one.

                | type | skew |""");
        for (Truth truth : Truth.values()) {
            text.append(' ').append(truth).append(" |");
        }
        text.append("\n| --- | --- |")
                .append(" ---: |".repeat(Truth.values().length))
                .append('\n');
        for (Cell cell : cells) {
            text.append(ConfusionPage.cell(cell).stripTrailing());
            for (Truth truth : Truth.values()) {
                text.append(' ').append(cell.truths().getOrDefault(truth, 0)).append(" |");
            }
            text.append('\n');
        }
        text.append("\n| written by | design | ours |\n| --- | ---: | ---: |\n");
        for (Writer writer : Writer.all()) {
            int theirs = sum(cells, Cell::design, writer);
            int held = sum(cells, Cell::ours, writer);
            if (theirs + held > 0) {
                text.append("| " + writer + " | " + theirs + " | " + held + " |\n");
            }
        }
        return text.toString();
    }

    private static int sum(List<Cell> cells, Function<Cell, Confusion> which, Writer writer) {
        return cells.stream()
                .mapToInt(cell -> which.apply(cell).missedFirst.getOrDefault(writer, 0))
                .sum();
    }
}
