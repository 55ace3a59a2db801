package dev.ratchet.task.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The rule in force against the rule of the design, on the same histories. {@code -Dratchet.sim.histories=20000
 * -Dratchet.sim.seed=9000000} compares them on more and on others.
 */
class ConfusionTest {
    private static final int HISTORIES = 2_000;
    private static final long TUNED = 0;
    private static final long HELD_OUT = 5_000_000;
    private static final long[] SKEWS = {0, 5_000};

    /** Both rules on the histories of one type of task and one skew. */
    private record Cell(TaskKind kind, long skew, Confusion design, Confusion ours, Map<Truth, Integer> truths) {
        static Cell of(TaskKind kind, long skew, long seed, int histories) {
            Cell cell = new Cell(kind, skew, new Confusion(), new Confusion(), new EnumMap<>(Truth.class));
            for (int i = 0; i < histories; i++) {
                List<Entry> history = Conductor.history(kind, skew, seed + i);
                cell.design.add(history, new RuleOfTheDesign());
                cell.ours.add(history, new OurRule());
                history.forEach(entry -> cell.truths.merge(entry.truth(), 1, Integer::sum));
            }
            return cell;
        }

        /** Up to the first error in both columns; beyond it, what a rule gone astray takes is held in sum. */
        void hold() {
            holdMissed(Confusion::first, "first");
            holdMissed(Confusion::all, "all");
            assertThat(ours.first.taken).as("%s taken, skew %d", kind, skew).isLessThanOrEqualTo(design.first.taken);
        }

        private void holdMissed(Function<Confusion, Confusion.Counts> which, String name) {
            Confusion.Counts theirs = which.apply(design);
            Confusion.Counts held = which.apply(ours);
            assertThat(held.missed)
                    .as("%s missed, skew %d, %s", kind, skew, name)
                    .isLessThanOrEqualTo(theirs.missed);
            assertThat(held.missed + held.late)
                    .as("%s missed or late, skew %d, %s", kind, skew, name)
                    .isLessThanOrEqualTo(theirs.missed + theirs.late);
        }

        String line(Function<Confusion, Confusion.Counts> which) {
            Confusion.Counts theirs = which.apply(design);
            Confusion.Counts held = which.apply(ours);
            return "| " + kind + " | " + (skew == 0 ? "none" : "±" + skew / 1000 + " s") + " | "
                    + of(theirs.missed, theirs.late, theirs.reopenings) + " | "
                    + of(held.missed, held.late, held.reopenings) + " | "
                    + theirs.taken + " of " + theirs.undone + " | " + held.taken + " of " + held.undone + " |\n";
        }

        private static String of(int missed, int late, int all) {
            return missed + " (+" + late + ") of " + all;
        }
    }

    @Test
    void theRuleErrsNoMoreOftenThanThatOfTheDesignInAnyCell() {
        List<Cell> tuned = cells(TUNED, HISTORIES);
        List<Cell> heldOut = cells(HELD_OUT, HISTORIES);
        Golden.check(
                Path.of("docs/epochs-confusion.md"),
                ConfusionPage.of(HISTORIES, tables(tuned), tables(heldOut)) + produced(heldOut));
        hold(tuned);
        hold(heldOut);
    }

    @Test
    void norOnAnyOtherHistoriesThatAreAskedFor() {
        int histories = Integer.getInteger("ratchet.sim.histories", 200);
        List<Cell> cells = cells(Long.getLong("ratchet.sim.seed", 9_000_000), histories);
        if (histories >= HISTORIES) { // fewer say too little of the rarest errors
            System.out.println(tables(cells) + produced(cells));
            hold(cells);
        }
        assertThat(cells).allSatisfy(cell -> assertThat(cell.ours.first.missed).isLessThan(cell.design.first.missed));
    }

    @Test
    void theComparisonNoticesARuleThatErrsMore() {
        Cell cell = new Cell(TaskKind.SIMPLE, 0, new Confusion(), new Confusion(), Map.of());
        for (int i = 0; i < 200; i++) {
            List<Entry> history = Conductor.history(TaskKind.SIMPLE, 0, i);
            cell.design.add(history, new OurRule());
            cell.ours.add(history, new RuleOfTheDesign());
        }
        assertThatThrownBy(cell::hold).hasMessageContaining("SIMPLE missed");
    }

    private static void hold(List<Cell> cells) {
        cells.forEach(Cell::hold);
        assertThat(cells.stream().mapToInt(cell -> cell.ours.all.taken).sum())
                .isLessThan(
                        cells.stream().mapToInt(cell -> cell.design.all.taken).sum());
    }

    private static List<Cell> cells(long seed, int histories) {
        return List.of(TaskKind.values()).stream()
                .flatMap(kind -> Arrays.stream(SKEWS).mapToObj(skew -> Cell.of(kind, skew, seed, histories)))
                .toList();
    }

    private static String tables(List<Cell> cells) {
        return table("Up to the first error of a history", cells, Confusion::first)
                + table("All records", cells, Confusion::all);
    }

    private static String table(String title, List<Cell> cells, Function<Confusion, Confusion.Counts> which) {
        StringBuilder text = new StringBuilder("\n### " + title + """


                | type | skew | reopenings missed: design | ours | undone, taken for reopenings: design | ours |
                | --- | --- | ---: | ---: | ---: | ---: |
                """);
        cells.forEach(cell -> text.append(cell.line(which)));
        return text.toString();
    }

    /** Which ways to err the histories produce, and how often each is a history's first error. */
    private static String produced(List<Cell> cells) {
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
            text.append("| " + cell.kind + " | " + (cell.skew == 0 ? "none" : "±" + cell.skew / 1000 + " s") + " |");
            for (Truth truth : Truth.values()) {
                text.append(' ').append(cell.truths.getOrDefault(truth, 0)).append(" |");
            }
            text.append('\n');
        }
        text.append("\n| written by | design | ours |\n| --- | ---: | ---: |\n");
        for (Writer writer : Writer.values()) {
            int theirs = sum(cells, cell -> cell.design, writer);
            int held = sum(cells, cell -> cell.ours, writer);
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
