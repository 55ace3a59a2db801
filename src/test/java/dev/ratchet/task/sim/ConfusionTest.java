package dev.ratchet.task.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
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

    private static List<Cell> ordinary = List.of();
    private static List<Cell> tuned = List.of();
    private static List<Cell> heldOut = List.of();

    @BeforeAll
    static void count() {
        ordinary = cells(Mode.ORDINARY, TUNED, HISTORIES);
        tuned = cells(Mode.ADVERSARIAL, TUNED, HISTORIES);
        heldOut = cells(Mode.ADVERSARIAL, HELD_OUT, HISTORIES);
    }

    @Test
    void pageShowsErrorRatesOfRule() {
        Golden.check(Path.of("docs/epochs-confusion.md"), ConfusionPage.of(HISTORIES, ordinary, tuned, heldOut));
    }

    @Test
    void sequentialWritersCauseNoMissesAndNoAlerts() {
        assertThat(ordinary).allSatisfy(Cell::holdOrdinary);
    }

    @Test
    void ruleErrsNoMoreThanDesignRuleInAnyCell() {
        hold(tuned);
        hold(heldOut);
    }

    @Test
    void ruleErrsNoMoreThanDesignRuleOnRequestedHistories() {
        int histories = Integer.getInteger("ratchet.sim.histories", 200);
        List<Cell> cells = cells(Mode.ADVERSARIAL, Long.getLong("ratchet.sim.seed", 9_000_000), histories);
        if (histories >= HISTORIES) { // fewer say too little of the rarest errors
            System.out.println(ConfusionPage.tables(cells) + ProducedRecords.of(cells));
            hold(cells);
        }
        assertThat(cells)
                .allSatisfy(
                        cell -> assertThat(cell.ours().first.missed).isLessThanOrEqualTo(cell.design().first.missed));
    }

    @Test
    void comparisonDetectsRuleWithMoreErrors() {
        Cell cell = Cell.empty(TaskKind.SIMPLE, 0);
        for (int i = 0; i < 200; i++) {
            List<Entry> history = Conductor.history(TaskKind.SIMPLE, 0, i);
            cell.design().add(history, new CurrentRule());
            cell.ours().add(history, new DesignRule());
            cell.paired().add(history, new CurrentRule(), new DesignRule());
        }
        assertThatThrownBy(cell::hold).hasMessageContaining("SIMPLE");
    }

    private static void hold(List<Cell> cells) {
        assertThat(cells).allSatisfy(Cell::hold);
        assertThat(cells.stream().mapToInt(cell -> cell.ours().open.taken).sum())
                .isLessThan(cells.stream()
                        .mapToInt(cell -> cell.design().open.taken)
                        .sum());
    }

    private static List<Cell> cells(Mode mode, long seed, int histories) {
        return List.of(TaskKind.values()).stream()
                .flatMap(kind -> Arrays.stream(SKEWS).mapToObj(skew -> Cell.of(kind, mode, skew, seed, histories)))
                .toList();
    }
}
