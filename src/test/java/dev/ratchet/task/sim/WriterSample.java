package dev.ratchet.task.sim;

import dev.ratchet.task.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One writer, the rows before it, and what it writes: for the page that shows what the rule makes of it.
 *
 * @param rows the task's rows until then, the latest last; none if the writer writes the first
 * @param read what it reads
 * @param written what it writes
 */
record WriterSample(TaskKind kind, Writer writer, List<Row> rows, WriterView read, Row written) {
    private static final long CREATED = 1_000;
    private static final long STARTED = 2_000;
    private static final long ENDED = 3_000;
    private static final long RERUN = 10_000;
    private static final long NOW = 20_000;

    /** A seed with which nothing rare happens. */
    private static final int PLAIN = 4;

    /** Whoever writes a task of this type, each with the first rows that give it something to do. */
    static Collection<WriterSample> of(TaskKind kind) {
        Map<Writer, WriterSample> samples = new LinkedHashMap<>();
        Deque<WriterSample> more = new ArrayDeque<>();
        more.add(first(kind, DecideWriter.SCHEDULE, kind.created(CREATED)));
        if (!kind.isContainer()) {
            more.add(first(kind, RetryWriter.RETRY_WRITES_NEW, kind.retried(false)));
        }
        kind.writers().stream()
                .distinct()
                .flatMap(writer -> sample(kind, writer).stream())
                .forEach(more::add);
        while (!more.isEmpty()) {
            WriterSample sample = more.poll();
            if (samples.putIfAbsent(sample.writer(), sample) == null) {
                sample.next().ifPresent(more::add);
                sample.writer()
                        .beside(kind)
                        .map(other -> sample(kind, other, sample.rows(), sample.read()))
                        .ifPresent(more::add);
            }
        }
        return samples.values();
    }

    /** What the same writer does next. */
    Optional<WriterSample> next() {
        WriterView seen = new WriterView(kind, read.traits(), written, WriterView.Workflow.RUNS);
        return writer.then(seen).map(next -> sample(kind, next, with(written), seen));
    }

    /** The same writer with the same copy, after an end that it has not read; empty if it has read one. */
    Optional<WriterSample> stale() {
        boolean isOpen = !rows.isEmpty() && read.isOpen();
        return isOpen && !writer.isByHand()
                ? Optional.of(new WriterSample(
                        kind, writer, with(read.row().ended(TaskStatus.CANCELED, NOW - 100)), read, written))
                : Optional.empty();
    }

    /** The same again, after what follows, progress and the same end as before; empty if it opens nothing. */
    Optional<WriterSample> again() {
        if (writer.kind() != Write.Kind.REOPENING) {
            return Optional.empty();
        }
        WriterSample last = this;
        while (last.next().isPresent()) {
            last = last.next().get();
        }
        List<Row> more = new ArrayList<>(last.with(last.written()));
        Row progress = kind.isSynchronous() ? last.written() : last.written().polled();
        more.add(progress.subworkflowChanged(false));
        more.add(progress.subworkflowChanged(false).ended(read.row().status(), 2 * NOW));
        WriterView end = new WriterView(kind, read.traits(), more.get(more.size() - 1), read.workflow());
        Row written = writer.change(end, 3 * NOW, new Random(PLAIN));
        return Optional.of(new WriterSample(kind, writer, more, end, written));
    }

    private List<Row> with(Row row) {
        List<Row> more = new ArrayList<>(rows);
        more.add(row);
        return more;
    }

    private static WriterSample first(TaskKind kind, Writer writer, Row row) {
        return new WriterSample(kind, writer, List.of(), Samples.of(kind, row).get(0), row);
    }

    private static WriterSample sample(TaskKind kind, Writer writer, List<Row> rows, WriterView read) {
        return new WriterSample(kind, writer, rows, read, writer.change(read, NOW, new Random(PLAIN)));
    }

    private static Optional<WriterSample> sample(TaskKind kind, Writer writer) {
        for (int traits = 0; traits < Samples.TRAITS.size(); traits++) {
            for (List<Row> rows : paths(kind, writer)) {
                for (WriterView.Workflow workflow : WriterView.Workflow.values()) {
                    WriterView seen =
                            new WriterView(kind, Samples.TRAITS.get(traits), rows.get(rows.size() - 1), workflow);
                    if (writer.hasToDoWith(seen)) {
                        return Optional.of(sample(kind, writer, rows, seen));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A task that runs, one that is created, one that has ended in each way, one that was rerun, and one that was reopened
     * for its child. People act on what has ended.
     */
    private static List<List<Row>> paths(TaskKind kind, Writer writer) {
        Row created = kind.created(CREATED);
        Row started = (created.startTime() == 0 ? created.startTime(STARTED) : created).status(TaskStatus.IN_PROGRESS);
        Row runs = kind.isSynchronous() ? started : started.polled();
        Row failed = runs.ended(TaskStatus.FAILED, ENDED);
        Row rerun = failed.status(TaskStatus.SCHEDULED);
        Row flagged = failed.status(TaskStatus.IN_PROGRESS).subworkflowChanged(true);
        return Stream.of(
                        List.of(created, runs),
                        List.of(created),
                        List.of(created, created.startTime(STARTED)),
                        List.of(created, runs, failed),
                        List.of(created, runs, runs.ended(TaskStatus.CANCELED, ENDED)),
                        List.of(created, runs, runs.ended(TaskStatus.COMPLETED, ENDED)),
                        List.of(created, created.ended(TaskStatus.CANCELED, ENDED)),
                        List.of(created, runs, failed, rerun, rerun.fresh(RERUN, 0)),
                        List.of(
                                created,
                                runs,
                                failed,
                                rerun,
                                rerun.fresh(RERUN, 0).startTime(RERUN)),
                        List.of(created, runs, failed, flagged))
                .filter(rows ->
                        !writer.isByHand() || rows.get(rows.size() - 1).status().isTerminal())
                .toList();
    }
}
