package dev.ratchet.task.sim;

import java.util.List;
import java.util.function.Function;

/** The page that shows how often the rule errs, and how that was counted. */
final class ConfusionPage {
    private ConfusionPage() {}

    static String of(int histories, List<Cell> ordinary, List<Cell> tuned, List<Cell> heldOut) {
        return """
                # How often the epoch rule errs

                `mvn test -Dtest=ConfusionTest -Dgolden.write` writes this page. The test compares it, and fails if the current rule errs more often
                than the first version of the rule (`DesignRule`). For more or other histories:
                `mvn test -Dtest=ConfusionTest -Dratchet.sim.histories=20000 -Dratchet.sim.seed=9000000`.

                The figures come from a model of Conductor's writers (`Conductor`, `Writer`). Each writer reads the row, computes, and later writes
                its whole copy ([epochs-writers.md](epochs-writers.md) lists what each writes). A cell has %,d histories of 24 records.

                - **Ordinary** histories: writers act one after the other, like people and workers. The exceptions are a failing fork, which ends its
                  JOIN twice, and a cancelled parent, which ends its child twice. Nothing is lost, so the rule must miss nothing and raise no alert.
                - **Adversarial** histories: two writes in five overlap with others, up to four at a time. On a real server perhaps one in a thousand
                  does. The figures compare two rules; they are not error rates.
                - **Reopenings**: records that open an epoch on purpose (rerun, retry in place, sibling, reopened child), or that show that
                  Conductor continues in an earlier epoch (`Truth` defines this). The number in brackets counts reopenings that the rule found at
                  the second of two records: one record late, but not missed.
                - **Lost or stale**: lost updates, and copies of a closed epoch. A rule that mistakes one for a reopening publishes it.
                - **Up to the first error, or the first record of a closed epoch**: in no cell may the current rule miss more. A rule that makes no
                  error for longer sees more records, and so may mistake more. For this reason mistakes are compared **where only one of the two
                  errs**: in no cell may the current rule mistake or miss more than the first one.
                - **All records**: after an error, a rule that follows Conductor continues to decide. One that has lost track rejects everything.
                - **At rest**: of the histories in which nothing was lost, those at whose end the current status differs from the row, and those with an
                  alert for a lost or conflicting end.
                - With a skew of ±5 s each server has its own skew, drawn again for each history.

                ## Ordinary histories (seeds from 0)
                """.formatted(histories)
                + table("Up to the first error of a history", ordinary, Confusion::first)
                + atRest(ordinary)
                + "\n## Adversarial histories that the rule was tuned on (seeds from 0)\n"
                + tables(tuned)
                + "\n## Held-out adversarial histories (seeds from 5,000,000)\n"
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


                | type | skew | missed reopenings: first rule | current rule | lost or stale, mistaken for reopenings: first rule | current rule |
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

                | type | skew | missed by the first rule only | by the current rule only | mistaken by the first rule only | by the current rule only |
                | --- | --- | ---: | ---: | ---: | ---: |
                """);
        for (Cell cell : cells) {
            RuleComparison.Errors theirs = cell.paired().design;
            RuleComparison.Errors ours = cell.paired().ours;
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

                | type | skew | nothing lost | status differs | alert |
                | --- | --- | ---: | ---: | ---: |
                """);
        for (Cell cell : cells) {
            FinalAgreement rest = cell.rest();
            text.append(cell(cell)).append(rest.plain + " | " + rest.differ + " | " + rest.alerted + " |\n");
        }
        return text.toString();
    }
}
