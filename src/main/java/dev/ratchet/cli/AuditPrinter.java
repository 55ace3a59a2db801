package dev.ratchet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.repair.AuditFinding;
import dev.ratchet.repair.AuditResult;
import dev.ratchet.repair.audit.AuditListener;
import dev.ratchet.repair.audit.AuditProgress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints a full audit: differences on stdout, progress on stderr. */
final class AuditPrinter implements AuditListener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean json;
    private final PrintWriter out;
    private final PrintWriter err;
    private final long start = System.nanoTime();

    AuditPrinter(boolean json, PrintWriter out, PrintWriter err) {
        this.json = json;
        this.out = out;
        this.err = err;
    }

    @Override
    public void onStart(int tasks, int before) {
        err.println("Auditing " + tasks + " tasks" + (before == 0 ? "" : "; " + before + " were audited before"));
        err.flush();
    }

    @Override
    public void onProgress(AuditProgress soFar) {
        double seconds = (System.nanoTime() - start) / 1e9;
        err.printf(
                Locale.ROOT,
                "%d of %d, %.1f per second: %s%n",
                soFar.asked(),
                soFar.tasks(),
                soFar.asked() / seconds,
                countsOf(soFar));
        err.flush();
    }

    @Override
    public void onDifference(AuditResult result) {
        String reference =
                result.row().map(row -> row.task().referenceTaskName()).orElse("");
        String holds = result.row().map(ConductorTask::status).orElse("");
        if (json) {
            out.println(JSON.createObjectNode()
                    .put("taskId", result.asked().taskId())
                    .put("referenceTaskName", reference)
                    .put(
                            "workflowId",
                            result.row().map(row -> row.task().workflowId()).orElse(""))
                    .put("finding", name(result.finding()))
                    .put("standing", result.asked().current().name())
                    .put("heard", result.asked().lastReported().name())
                    .put("conductor", holds));
        } else {
            out.printf(
                    "%s %s: last reported %s, Conductor holds %s (%s)%n",
                    result.asked().taskId(), reference, result.asked().lastReported(), holds, name(result.finding()));
        }
        out.flush();
    }

    @Override
    public void onUnreadable(String taskId, String why) {
        err.println(taskId + ": could not be audited: " + why);
    }

    void printSummary(AuditProgress report, String resume) {
        PrintWriter to = json ? err : out;
        to.println("Audited " + report.asked() + " of " + report.tasks() + " tasks: " + countsOf(report) + ".");
        to.flush();
        report.stopped().ifPresent(why -> err.println("Stopped early. " + why + ". " + resume));
    }

    /** All findings, also those with count 0. */
    private static String countsOf(AuditProgress report) {
        return Stream.of(AuditFinding.values())
                .map(finding -> report.found(finding) + " " + name(finding))
                .collect(Collectors.joining(", "));
    }

    private static String name(AuditFinding finding) {
        return switch (finding) {
            case CONSISTENT -> "consistent";
            case AHEAD -> "ahead";
            case BEHIND -> "behind";
            case OTHER_EPOCH -> "in another epoch";
            case REOPENED -> "reopened";
            case NO_SUCH_TASK -> "unknown to Conductor";
            case UNREADABLE -> "unreadable";
        };
    }
}
