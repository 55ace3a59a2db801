package dev.ratchet.task.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Both rules on the histories of one type of task and one skew. */
record Cell(
        TaskKind kind,
        long skew,
        Confusion design,
        Confusion ours,
        RuleComparison paired,
        FinalAgreement rest,
        Map<Truth, Integer> truths) {

    static Cell empty(TaskKind kind, long skew) {
        return new Cell(
                kind,
                skew,
                new Confusion(),
                new Confusion(),
                new RuleComparison(),
                new FinalAgreement(),
                new EnumMap<>(Truth.class));
    }

    static Cell of(TaskKind kind, Mode mode, long skew, long seed, int histories) {
        Cell cell = empty(kind, skew);
        for (int i = 0; i < histories; i++) {
            List<Entry> history = Conductor.history(kind, mode, skew, seed + i);
            cell.design.add(history, new DesignRule());
            cell.ours.add(history, new CurrentRule());
            cell.paired.add(history, new DesignRule(), new CurrentRule());
            cell.rest.add(history);
            history.forEach(entry -> cell.truths.merge(entry.truth(), 1, Integer::sum));
        }
        return cell;
    }

    /** What is missed, in each way of counting; what is taken where one of the two is right, up to the first error of either. */
    void hold() {
        holdMissed(Confusion::open, "open");
        holdMissed(Confusion::first, "first");
        holdMissed(Confusion::all, "all");
        assertThat(paired.ours.missed)
                .as("%s missed by our rule alone, skew %d", kind, skew)
                .isLessThanOrEqualTo(paired.design.missed);
        assertThat(paired.ours.taken)
                .as("%s taken by our rule alone, skew %d", kind, skew)
                .isLessThanOrEqualTo(paired.design.taken);
    }

    private void holdMissed(Function<Confusion, Confusion.Counts> which, String name) {
        Confusion.Counts theirs = which.apply(design);
        Confusion.Counts held = which.apply(ours);
        assertThat(held.missed).as("%s missed, skew %d, %s", kind, skew, name).isLessThanOrEqualTo(theirs.missed);
        assertThat(held.missed + held.late)
                .as("%s missed or late, skew %d, %s", kind, skew, name)
                .isLessThanOrEqualTo(theirs.missed + theirs.late);
    }

    /** Where people and workers act one after the other, nothing is missed, and nobody is alerted. */
    void holdOrdinary() {
        assertThat(rest.plain).as("%s, skew %d: nothing is lost", kind, skew).isPositive();
        assertThat(design.first.missed)
                .as("%s missed by the design, skew %d", kind, skew)
                .isZero();
        assertThat(ours.first.missed).as("%s missed, skew %d", kind, skew).isZero();
        assertThat(rest.differ).as("%s differs at rest, skew %d", kind, skew).isZero();
        assertThat(rest.alerted).as("%s alerted, skew %d", kind, skew).isZero();
    }
}
