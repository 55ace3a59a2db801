package dev.ratchet.task.sim;

import dev.ratchet.task.EventSource;
import dev.ratchet.task.Outcome;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The page that lists Conductor's writers, and what the rule makes of each. */
final class WritersPage {
    private static final String NONE = "–";

    private WritersPage() {}

    /** One line, without the types that it holds for. */
    private record Line(Writer writer, String reads, String writes, String outcome, String again, String stale) {}

    static String of() {
        Map<Line, List<TaskKind>> lines = new LinkedHashMap<>();
        for (TaskKind kind : TaskKind.values()) {
            WriterSample.of(kind)
                    .forEach(sample -> lines.computeIfAbsent(line(sample), line -> new ArrayList<>())
                            .add(kind));
        }
        return """
                # Conductor's writers, and what the rule makes of each

                Each place where Conductor writes a task's row (class, method and line at conductor-oss/conductor b54f0d4), as the
                simulator models it, run on a sample row through `StatusReducer`. Written by `mvn test -Dtest=WritersPageTest -Dgolden.write`;
                a test compares the two, and another (`RecordedStepsTest`) finds each row of the recordings among what these writers write.
                How the rule decides: [epochs.md](epochs.md). How often it errs where writers overlap: [epochs-confusion.md](epochs-confusion.md).

                - **Lock**: what keeps others away between the read and the write. *Workflow*: the workflow's lock, with which no other
                  writer under that lock overlaps (*to write*: taken after the read). *Message*: the queue gives the task to one at a time,
                  until it is queued again. *Hand*: a person, whose request a running workflow refuses. None: anybody may write in between.
                - **Reads**: the status of the row that it reads. **Writes**: what is different in the row that it writes; "kept" is an
                  endTime that an open row carries.
                - **The rule**: what becomes of the record. *Step*: the next status of the same epoch. *New epoch*: with its ground.
                  *Joins*: the second record of a reopening. *Refused*: with the reason.
                - **Again**: the same, once the task has run and ended once more in the same way.
                - **Stale**: the same copy, written after the task has ended (CANCELED) without the writer's knowledge.

                System tasks by type: SIMPLE stands for every worker's task; HTTP for START_WORKFLOW, KAFKA_PUBLISH and the LLM tasks;
                WAIT for PULL_WORKFLOW_MESSAGES; HUMAN for every synchronous system task (DECISION, SWITCH, EVENT, EXCLUSIVE_JOIN, INLINE,
                LAMBDA, NOOP, SET_VARIABLE, TERMINATE, JSON_JQ_TRANSFORM; but of these only HUMAN and EVENT are IN_PROGRESS at once when they are
                rerun themselves, and an EXCLUSIVE_JOIN is retried in place as a DO_WHILE is). Deleted rows (a rerun deletes the tasks that
                come later, a restart all) are not shown.
                """
                + section("From outside: workers and reports", WorkerWriter.values(), lines)
                + section("Asynchronous system tasks", SystemTaskWriter.values(), lines)
                + section("Decide, and whoever ends the workflow", DecideWriter.values(), lines)
                + section("Retry of the workflow", RetryWriter.values(), lines)
                + section("Rerun of the workflow", RerunWriter.values(), lines)
                + section("Child workflows", ChildWriter.values(), lines);
    }

    private static String section(String title, Writer[] writers, Map<Line, List<TaskKind>> lines) {
        StringBuilder text = new StringBuilder("\n## " + title + """


                | writer | where | lock | types | reads | writes | the rule | again | stale |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (Writer writer : writers) {
            lines.forEach((line, kinds) -> {
                if (line.writer() == writer) {
                    text.append(text(line, kinds));
                }
            });
        }
        return text.toString();
    }

    private static String text(Line line, List<TaskKind> kinds) {
        Write write = line.writer().write();
        List<String> types = kinds.stream().map(TaskKind::taskType).toList();
        return "| "
                + String.join(
                        " | ",
                        line.writer().name(),
                        write.source(),
                        lock(write.lock()),
                        types.size() == TaskKind.values().length ? "all" : String.join(", ", types),
                        line.reads(),
                        line.writes(),
                        line.outcome(),
                        line.again(),
                        line.stale())
                + " |\n";
    }

    private static String lock(Write.Lock lock) {
        return switch (lock) {
            case NONE -> NONE;
            case WORKFLOW -> "workflow";
            case WORKFLOW_TO_WRITE -> "workflow, to write";
            case HAND -> "hand";
            case MESSAGE -> "message";
        };
    }

    private static Line line(WriterSample sample) {
        return new Line(
                sample.writer(),
                sample.rows().isEmpty() ? NONE : sample.read().row().status().name(),
                sample.rows().isEmpty()
                        ? sample.written().status().name()
                        : RowChange.of(sample.read().row(), sample.written()),
                outcome(sample),
                sample.again().map(WritersPage::outcome).orElse(NONE),
                sample.stale().map(WritersPage::outcome).orElse(NONE));
    }

    private static String outcome(WriterSample sample) {
        Optional<TaskState> before = Optional.empty();
        Outcome last = null;
        List<Row> rows = Stream.concat(sample.rows().stream(), Stream.of(sample.written()))
                .toList();
        for (int i = 0; i < rows.size(); i++) {
            before = Optional.ofNullable(last).map(Outcome::state);
            StatusEvent event = event(sample.kind(), rows.get(i), i + 1L);
            last = before.map(state -> StatusReducer.reduce(state, event))
                    .orElseGet(() -> StatusReducer.reduceFirst(event));
        }
        return before.isEmpty() ? "first" : inWords(before.get(), last);
    }

    private static String inWords(TaskState before, Outcome outcome) {
        TaskState after = outcome.state();
        if (after.epoch().number() > before.epoch().number()) {
            return "new epoch (" + after.epoch().decision() + ")";
        }
        if (after.epoch().decision() != before.epoch().decision()) {
            return "joins (" + after.epoch().decision() + ")";
        }
        return outcome.fold(
                accepted -> "step",
                unchanged -> "unchanged",
                rejected -> "refused (" + rejected.rejection().reason() + ")",
                ignored -> "ignored");
    }

    private static StatusEvent event(TaskKind kind, Row row, long sequence) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", kind.taskType(), "upload_item");
        return new StatusEvent(
                task, row.status(), StatusEvent.NOT_STATED, sequence, sequence, EventSource.CDC, row.evidence());
    }
}
