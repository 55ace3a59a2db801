package dev.ratchet.task.sim;

import java.util.List;
import java.util.function.Function;

/** The page that shows how often the rule errs, and how that was counted. */
final class ConfusionPage {
    private ConfusionPage() {}

    static String of(int histories, List<Cell> ordinary, List<Cell> tuned, List<Cell> heldOut) {
        return """
                # How often the epoch rule errs

                Written by `mvn test -Dtest=ConfusionTest -Dgolden.write`; a test compares this page, and fails if the rule in force
                errs more often than the design's first ladder (`DesignRule`). Other and more histories:
                `mvn test -Dtest=ConfusionTest -Dratchet.sim.histories=20000 -Dratchet.sim.seed=9000000`.

                A model of Conductor's writers (`Conductor`, `Writer`; what each writes: [epochs-writers.md](epochs-writers.md)): each reads
                the row, computes, and later writes the whole of its copy. %,d histories of 24 records a cell.

                - **Ordinary** histories: one writer after the other, as people and workers act; only a failing fork ends its JOIN twice,
                  and a cancelled parent its child. Nothing is lost, so nothing may be missed, and nobody alerted.
                - **Adversarial** ones: two writes in five overlap with others, up to four at a time, where on a real server perhaps one in a
                  thousand does. The figures compare rules; they are no error rates.
                - **Reopenings**: records that open an epoch on purpose (rerun, retry in place, sibling, reopened child), or by which
                  Conductor shows that it lives on in an earlier one (`Truth` says exactly when). In brackets those that were found at the
                  second record of two instead of the first: late by one record, and not missed.
                - **Undone**: lost updates, and copies of an epoch that is over. Taken for a reopening, they would be published.
                - **Up to the first error, or the first record of a closed epoch**, no cell may miss more. A rule that goes on for longer
                  without an error sees more records and may take more, so what is taken is held **where only one of the two errs**:
                  in no cell may ours take, or miss, more than the design does. Counted over **all records**, a rule that follows goes
                  on answering where one that has lost the track refuses everything.
                - **At rest**: of the histories in which nothing was lost, those at whose end the rule's current status is not the row's, and
                  those in which an end was said to be lost or contested.
                - A skew of ±5 s is each server's own, anew for each history.

                ## Ordinary histories (seeds from 0)
                """.formatted(histories)
                + table("Up to the first error of a history", ordinary, Confusion::first)
                + atRest(ordinary)
                + "\n## The adversarial histories that the rule was tuned on (seeds from 0)\n"
                + tables(tuned)
                + "\n## Adversarial histories held out (seeds from 5,000,000)\n"
                + tables(heldOut)
                + ProducedRecords.of(heldOut);
    }

    static String tables(List<Cell> cells) {
        return table(
                        "Up to the first error of a history, or its first record of a closed epoch",
                        cells,
                        Confusion::open)
                + paired(cells)
                + table("Up to the first error of a history", cells, Confusion::first)
                + table("All records", cells, Confusion::all)
                + atRest(cells);
    }

    static String cell(Cell cell) {
        return "| " + cell.kind() + " | " + (cell.skew() == 0 ? "none" : "±" + cell.skew() / 1000 + " s") + " | ";
    }

    private static String table(String title, List<Cell> cells, Function<Confusion, Confusion.Counts> which) {
        StringBuilder text = new StringBuilder("\n### " + title + """


                | type | skew | reopenings missed: design | ours | undone, taken for reopenings: design | ours |
                | --- | --- | ---: | ---: | ---: | ---: |
                """);
        for (Cell cell : cells) {
            Confusion.Counts theirs = which.apply(cell.design());
            Confusion.Counts held = which.apply(cell.ours());
            text.append(cell(cell))
                    .append(missed(theirs) + " | " + missed(held) + " | ")
                    .append(theirs.taken + " of " + theirs.undone + " | ")
                    .append(held.taken + " of " + held.undone + " |\n");
        }
        return text.toString();
    }

    private static String paired(List<Cell> cells) {
        StringBuilder text = new StringBuilder("""

                ### Where only one of the two errs, up to the first error of either, or the first record of a closed epoch

                | type | skew | missed by the design alone | by ours alone | taken by the design alone | by ours alone |
                | --- | --- | ---: | ---: | ---: | ---: |
                """);
        for (Cell cell : cells) {
            Paired.Errors theirs = cell.paired().design;
            Paired.Errors ours = cell.paired().ours;
            text.append(cell(cell)).append(theirs.missed + " | " + ours.missed + " | " + theirs.taken + " | ");
            text.append(ours.taken + " |\n");
        }
        return text.toString();
    }

    private static String missed(Confusion.Counts counts) {
        return counts.missed + " (+" + counts.late + ") of " + counts.reopenings;
    }

    private static String atRest(List<Cell> cells) {
        StringBuilder text = new StringBuilder("""

                ### At rest

                | type | skew | nothing lost | the status differs | alerted |
                | --- | --- | ---: | ---: | ---: |
                """);
        for (Cell cell : cells) {
            AgreementAtRest rest = cell.rest();
            text.append(cell(cell)).append(rest.plain + " | " + rest.differ + " | " + rest.alerted + " |\n");
        }
        return text.toString();
    }
}
