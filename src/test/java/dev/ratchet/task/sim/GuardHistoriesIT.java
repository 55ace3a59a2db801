package dev.ratchet.task.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.guard.GuardedTable;
import dev.ratchet.guard.GuardedTable.Write;
import dev.ratchet.guard.RuleVerdicts;
import dev.ratchet.guard.TaskJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The guard's own SQL against the simulator's histories: each record is written over the one before it. Nothing is known
 * of the workflow, so that a write that falls back to SCHEDULED is always let through. {@code
 * -Dratchet.sim.histories=2000 -Dratchet.sim.seed=9000000} takes more and others.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardHistoriesIT {
    private static final int HISTORIES = Integer.getInteger("ratchet.sim.histories", 300);
    private static final long SEED = Long.getLong("ratchet.sim.seed", 7_000_000);
    private static final List<Long> SKEWS = List.of(0L, 5_000L);

    /** Writes that the guard must never reject: reopenings, and writes of the current epoch that lose no terminal status. */
    private static final Set<Truth> DELIBERATE = Set.of(Truth.REOPENS, Truth.RETURNS, Truth.CURRENT);

    private GuardedTable table;

    /** One write over the previous row, and whether the rule rejects it as a lost update. */
    private record Step(Entry before, Entry entry, boolean isLost) {
        Write write() {
            return new Write(json(before), json(entry));
        }

        /** An end in the row is taken back by a write that should not. */
        boolean isFall() {
            return before.event().status().isTerminal()
                    && !entry.event().status().isTerminal()
                    && entry.truth() == Truth.LOST;
        }

        private static String json(Entry entry) {
            return TaskJson.of(entry.event()).toString();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        table = GuardedTable.start(folder);
    }

    @AfterAll
    void stop() throws Exception {
        table.close();
    }

    @ParameterizedTest
    @EnumSource
    void rejectsNoDeliberateWriteAndOnlyWritesThatRuleRejects(TaskKind kind) throws Exception {
        for (long skew : SKEWS) {
            List<Step> steps = steps(kind, skew);
            List<Step> rejected = rejected(steps);
            assertThat(rejected)
                    .as("refused, skew %d", skew)
                    .noneMatch(step -> DELIBERATE.contains(step.entry().truth()))
                    .allMatch(Step::isLost);
            System.out.printf(
                    "The guard, %s, skew %d: of %d lost ends it keeps %d%n",
                    kind,
                    skew,
                    steps.stream().filter(Step::isFall).count(),
                    rejected.stream().filter(Step::isFall).count());
        }
    }

    @Test
    void keepsTerminalStatusOfWorkerTasks() throws Exception {
        assertThat(rejected(steps(TaskKind.SIMPLE, 0))).anyMatch(Step::isFall);
    }

    @Test
    void detectsGuardThatRejectsTooMuch() throws Exception {
        table.installWithout("AND refused.\"endTime\" = 0");
        try {
            assertThat(rejected(steps(TaskKind.JOIN, 0)))
                    .anyMatch(step -> step.entry().truth() == Truth.REOPENS)
                    .anyMatch(step -> !step.isLost());
        } finally {
            table.install();
        }
    }

    private List<Step> rejected(List<Step> steps) throws Exception {
        return table.refused(steps.stream().map(Step::write).toList()).stream()
                .mapToObj(steps::get)
                .toList();
    }

    private static List<Step> steps(TaskKind kind, long skew) {
        List<Step> steps = new ArrayList<>();
        for (long seed = SEED; seed < SEED + HISTORIES; seed++) {
            List<Entry> history = Conductor.history(kind, skew, seed);
            RuleVerdicts rule = new RuleVerdicts();
            List<Boolean> lost =
                    history.stream().map(entry -> rule.isLost(entry.event())).toList();
            IntStream.range(1, history.size())
                    .mapToObj(i -> new Step(history.get(i - 1), history.get(i), lost.get(i)))
                    .forEach(steps::add);
        }
        return steps;
    }
}
