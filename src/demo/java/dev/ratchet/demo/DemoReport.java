package dev.ratchet.demo;

import dev.ratchet.ingest.Reading;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusRejection;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report of the demo: the timeline of one task with a lost update, the totals, and the next steps. */
final class DemoReport {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
    private static final int SHOWN = 8;

    private final RecordedTrace trace;
    private final CollectedOutput output;
    private final Totals totals;

    DemoReport(RecordedTrace trace, CollectedOutput output, MeterRegistry metrics) {
        this.trace = trace;
        this.output = output;
        this.totals = Totals.of(metrics);
    }

    void print(PrintWriter out) {
        firstLostUpdate().ifPresent(alert -> printTimeline(alert, out));
        printTotals(out);
        printNext(out);
        out.flush();
    }

    /** The alert of the first lost update. */
    private Optional<TaskStatusAlert> firstLostUpdate() {
        return output.alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.LOST_UPDATE && alert.getState() == AlertState.OPENED)
                .min(Comparator.comparingLong(TaskStatusAlert::getStandingSequence));
    }

    private void printTimeline(TaskStatusAlert alert, PrintWriter out) {
        out.printf(
                "A task with a lost update: %s (%s, %s)%n%n",
                alert.getReferenceTaskName(), alert.getTaskType(), alert.getTaskId());
        out.printf("  %-12s  %-12s  %-20s  %s%n", "time (UTC)", "sequence", "Conductor wrote", "Ratchet");
        for (RecordedTrace.Line line : trace.lines()) {
            if (line.reading() instanceof Reading.Event read
                    && read.event().task().taskId().equals(alert.getTaskId())) {
                printStep(read.event(), out);
            }
        }
        out.println();
        out.printf("  %s.%n", alert.getMessage());
        out.printf("  Conductor waits for this task, although it has ended. The changelog keeps the end.%n%n");
    }

    private void printStep(StatusEvent event, PrintWriter out) {
        String result = change(event)
                .map(change -> "published " + change.getStatus() + ", revision " + change.getRevision()
                        + (change.getCorrection() ? ", a correction" : ""))
                .or(() -> rejection(event)
                        .map(rejection -> "rejected, " + rejection.getReason() + ": " + rejection.getMessage()))
                .orElse("unchanged");
        out.printf(
                "  %-12s  %-12d  %-20s  %s%n",
                TIME.format(Instant.ofEpochMilli(event.occurredAt())), event.sequence(), event.status(), result);
    }

    private Optional<TaskStatusChange> change(StatusEvent event) {
        return output.changes.stream()
                .filter(change ->
                        change.getTaskId().equals(event.task().taskId()) && change.getSequence() == event.sequence())
                .findFirst();
    }

    private Optional<TaskStatusRejection> rejection(StatusEvent event) {
        return output.rejections.stream()
                .filter(rejection -> rejection.getTaskId().equals(event.task().taskId())
                        && rejection.getSequence() == event.sequence())
                .findFirst();
    }

    private void printTotals(PrintWriter out) {
        out.println("Totals");
        out.println();
        out.printf("  %,6d records of Conductor's task table read%n", totals.read());
        out.printf(
                "  %,6d published on the changelog%s%n",
                totals.changes(), totals.corrections() == 0 ? "" : ", " + totals.corrections() + " as corrections");
        out.printf("  %,6d unchanged: repeated rows, heartbeats%n", totals.unchanged());
        out.printf("  %,6d rejected%n", totals.rejected());
        optional(out, totals.duplicates(), "duplicates");
        optional(out, totals.ignored(), "ignored: deletions, tombstones");
        optional(out, totals.deadLetters(), "dead-lettered: unreadable");
        Map<String, TaskStatusAlert> open = openLostUpdates();
        out.printf("  %,6d tasks with a lost update in Conductor%n", open.size());
        out.println();
        List<TaskStatusAlert> lost = open.values().stream()
                .sorted(Comparator.comparingLong(TaskStatusAlert::getStandingSequence))
                .toList();
        for (TaskStatusAlert alert : lost.subList(0, Math.min(SHOWN, lost.size()))) {
            out.printf(
                    "    %-28s %s, but Conductor has %s%n",
                    alert.getReferenceTaskName(), alert.getStandingStatus(), alert.getHeardStatus());
        }
        if (lost.size() > SHOWN) {
            out.printf("    and %d more%n", lost.size() - SHOWN);
        }
        out.println();
    }

    private Map<String, TaskStatusAlert> openLostUpdates() {
        Map<String, TaskStatusAlert> open = new LinkedHashMap<>();
        for (TaskStatusAlert alert : output.alerts) {
            if (alert.getKind() == AlertKind.LOST_UPDATE) {
                if (alert.getState() == AlertState.OPENED) {
                    open.put(alert.getTaskId(), alert);
                } else {
                    open.remove(alert.getTaskId());
                }
            }
        }
        return open;
    }

    private static void optional(PrintWriter out, long count, String what) {
        if (count > 0) {
            out.printf("  %,6d %s%n", count, what);
        }
    }

    private static void printNext(PrintWriter out) {
        out.println("Next steps");
        out.println();
        out.println("  bin/ratchet replay --format debezium FILE   the result of each record of your own recording");
        out.println("  bin/ratchet demo --trace FILE               this report for your own recording");
        out.println("  bin/ratchet run --config FILE               run beside your own Conductor (README.md)");
        out.println();
    }
}
