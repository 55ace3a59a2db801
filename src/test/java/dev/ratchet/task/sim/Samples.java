package dev.ratchet.task.sim;

import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.sim.WriterView.Workflow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a writer may see, and who may write a task of a type at all. */
final class Samples {
    static final List<Set<TaskTrait>> TRAITS = List.of(
            Set.of(),
            EnumSet.of(TaskTrait.OPTIONAL),
            EnumSet.of(TaskTrait.PERMISSIVE),
            EnumSet.of(TaskTrait.RETRIED),
            EnumSet.of(TaskTrait.JOINS_PERMISSIVE),
            EnumSet.of(TaskTrait.ASYNC_COMPLETE));

    private Samples() {}

    /** This row, in a workflow of either state, of a task with any one trait or none. */
    static List<WriterView> of(TaskKind kind, Row row) {
        List<WriterView> seen = new ArrayList<>();
        for (Workflow workflow : Workflow.values()) {
            for (Set<TaskTrait> traits : TRAITS) {
                seen.add(new WriterView(kind, traits, row, workflow));
            }
        }
        return seen;
    }

    /** Whoever writes tasks of this type, by itself, after another, or beside one. */
    static Set<Writer> writersOf(TaskKind kind) {
        Set<Writer> writers = new LinkedHashSet<>();
        Deque<Writer> more = new ArrayDeque<>(kind.writers());
        more.add(RetryWriter.RETRY_WRITES_NEW);
        while (!more.isEmpty()) {
            Writer writer = more.poll();
            if (writers.add(writer)) {
                writer.beside(kind).ifPresent(more::add);
                for (TaskStatus status : TaskStatus.values()) {
                    of(kind, kind.created(1).status(status))
                            .forEach(written -> writer.then(written).ifPresent(more::add));
                }
            }
        }
        return writers;
    }
}
