package dev.ratchet.task.sim;

/** The page that shows how often the rule errs, and how that was counted. */
final class ConfusionPage {
    private ConfusionPage() {}

    static String of(int histories, String tuned, String heldOut) {
        return """
                # How often the epoch rule errs

                Written by `mvn test -Dtest=ConfusionTest -Dgolden.write`; a test compares this page, and fails if the rule in force
                errs more often than the design's first ladder (`RuleOfTheDesign`, equal to the rule as it was in all of 20,000 histories). Other and more histories:
                `mvn test -Dtest=ConfusionTest -Dratchet.sim.histories=20000 -Dratchet.sim.seed=9000000`.

                An adversarial model of Conductor's writers (`Conductor`, `Writer`): each reads the row, computes, and later writes the
                whole of its copy; two in five overlap with others, up to four at a time, where on a real server perhaps one in a
                thousand does. The figures compare rules; they are no error rates. %,d histories of 24 records a cell.

                - **Reopenings**: records that open a life on purpose (rerun, retry in place, sibling, reopened child), or by which
                  Conductor shows that it lives on in an earlier one (`Truth` says exactly when). In brackets those that were found at a
                  rerun's second record instead of its first: late by one record, and not missed.
                - **Undone**: lost updates, and copies of a life that is not lived. Taken for a reopening, they would be published.
                - **Up to the first error** no cell may be worse, in either column. Counted over **all records**, a rule that follows goes
                  on answering where one that has lost the track refuses everything, and what it takes after its own first error counts
                  too: there the test holds what is missed in each cell, and what is taken in sum.
                - A skew of ±5 s is each server's own, anew for each history.

                ## The histories that the rule was tuned on (seeds from 0)
                """.formatted(histories) + tuned + "\n## Histories held out (seeds from 5,000,000)\n" + heldOut;
    }
}
