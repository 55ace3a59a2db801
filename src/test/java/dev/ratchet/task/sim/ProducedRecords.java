package dev.ratchet.task.sim;

import java.util.List;
import java.util.function.Function;

/** Which ways to err the histories produce, and how often each is a history's first error. */
final class ProducedRecords {
    private ProducedRecords() {}

    static String of(List<Cell> cells) {
        StringBuilder text = new StringBuilder("""

                ## Records of each kind, and what is missed first

                Records of each kind in the held-out histories. REOPENS opens an epoch on purpose. RESUMES shows that Conductor continues in an
                earlier epoch. RETURNS brings the current epoch back over a stale copy of an earlier end. CURRENT belongs to the current epoch and
                overwrites no end. LOST is a lost update, or follows one. CONFLICTS is a second end of the current epoch, unknown to its writer;
                one of the two is a success. STALE is a copy from before the current epoch.

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
        text.append("""

                Histories whose first error is a missed reopening, by the writer of the record: it reruns or retries an old copy,
                or continues from one.

                | written by | first rule | current rule |
                | --- | ---: | ---: |
                """);
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
