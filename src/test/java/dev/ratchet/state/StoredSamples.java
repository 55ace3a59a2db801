package dev.ratchet.state;

import dev.ratchet.task.ClosedEpoch;
import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochDecision;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochHighWaterMarks;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EpochState;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.LastPublished;
import dev.ratchet.task.Observation;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.ReportedStatus;
import dev.ratchet.task.StatusHistory;
import dev.ratchet.task.TaskBookkeeping;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.task.TerminalReport;
import dev.ratchet.task.TimelineEntry;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Values whose bytes are kept for each format. Made of their parts, and not by the rule, which may change without a change of
 * the format.
 */
final class StoredSamples {
    private static final long NOW = 1_795_359_826_411L;
    private static final long SEQUENCE = 94_036_024;
    private static final EpochKey FIRST_KEY = new EpochKey(NOW - 3, 0);
    private static final EpochKey KEY = new EpochKey(NOW + 20_000, 1);

    private StoredSamples() {}

    static Map<String, TrackedTask> tasks() {
        Map<String, TrackedTask> samples = new LinkedHashMap<>();
        RepairState first =
                new RepairState(SEQUENCE + 50, 3, 3, RepairState.Result.FAILED); // format 5 had one count for both
        samples.put(
                "every-field", new TrackedTask(everyField(first), NOW, NOW + 3_000, NOW - 1, NOW, NOW + 600_000, 1));
        samples.put(
                "hardly-any",
                new TrackedTask(
                        hardlyAny(),
                        NOW,
                        TrackedTask.NEVER,
                        TrackedTask.NEVER,
                        TrackedTask.NEVER,
                        TrackedTask.NEVER,
                        0));
        RepairState often = new RepairState(SEQUENCE + 50, 3, 19, RepairState.Result.EXHAUSTED);
        samples.put(
                "repaired-often", new TrackedTask(everyField(often), NOW, NOW + 3_000, NOW - 1, NOW, NOW + 600_000, 1));
        return samples;
    }

    static Map<String, CapturedOutput> captured() {
        TaskOutput all = new TaskOutput(Optional.of("{\"ü\":1}"), "path/to", "worker-1", "because", "child-1", true);
        Map<String, CapturedOutput> samples = new LinkedHashMap<>();
        samples.put("every-field", new CapturedOutput(3, TaskStatus.FAILED, 77, all));
        samples.put("incomplete", new CapturedOutput(3, TaskStatus.COMPLETED, -1, all.withoutOutput()));
        samples.put(
                "nothing", new CapturedOutput(1, TaskStatus.COMPLETED_WITH_ERRORS, Long.MAX_VALUE, TaskOutput.NONE));
        return samples;
    }

    static Map<String, OpenAlertDetails> openAlerts() {
        Map<String, OpenAlertDetails> samples = new LinkedHashMap<>();
        samples.put(
                "every-field",
                new OpenAlertDetails(
                        NOW,
                        "HTTP",
                        "f9caf8e8-cf5e-4ab1-9ee5-9a3c06215266",
                        "upload__ü",
                        "Conductor overwrote the end"));
        samples.put("source", new OpenAlertDetails(NOW, "", "", "", ""));
        return samples;
    }

    static Map<String, long[]> statusCounts() {
        Map<String, long[]> samples = new LinkedHashMap<>();
        samples.put("none", new long[9]);
        samples.put("some", new long[] {1, 0, 3_000_000_000L, 4, 5, 6, 7, 8, 9});
        return samples;
    }

    private static TaskState everyField(RepairState repair) {
        Observation opening = observation(TaskStatus.SCHEDULED, 0);
        StatusHistory history = StatusHistory.NONE;
        int at = 0;
        for (TaskStatus status : TaskStatus.values()) {
            history = history.with(observation(status, at)).with(observation(status, 100L + at));
            at++;
        }
        Epoch epoch = new Epoch(
                2,
                EpochDecision.KEY,
                opening,
                KEY,
                1,
                new EpochHighWaterMarks(4, NOW + 20_010, NOW + 21_000, NOW + 22_000, 0),
                List.of(new ClosedEpoch(FIRST_KEY, new EpochHighWaterMarks(3, NOW, 0, 0, NOW + 1))),
                List.of(new TerminalReport(TaskStatus.FAILED, NOW + 21_000, NOW + 20_010, 4, SEQUENCE + 50)));
        EpochEvidence evidence = new EpochEvidence(KEY, NOW + 20_010, NOW + 22_000, 4, Flag.NO, Flag.YES, 600, 5);
        return new TaskState(
                new TaskIdentity("f9caf8e8-cf5e-4ab1-9ee5-9a3c06215266", "375f1cc8", "upload", "HTTP", "upload__3"),
                EventSource.CDC,
                new EpochState(epoch, history, observation(TaskStatus.COMPLETED, 40)),
                new ReportedStatus(observation(TaskStatus.IN_PROGRESS, 50), evidence, ReportedStatus.ReportKind.ASKED),
                new LastPublished(7, observation(TaskStatus.COMPLETED, 40), NOW + 45),
                new TaskBookkeeping(
                        2,
                        repair,
                        List.of(
                                new TimelineEntry(OutcomeKind.ACCEPTED, observation(TaskStatus.COMPLETED, 40)),
                                new TimelineEntry(
                                        OutcomeKind.BACKWARD_TRANSITION, observation(TaskStatus.IN_PROGRESS, 50))),
                        true));
    }

    private static TaskState hardlyAny() {
        Observation only = new Observation(TaskStatus.IN_PROGRESS, Long.MIN_VALUE, 0);
        Epoch epoch = new Epoch(
                1,
                EpochDecision.FIRST,
                only,
                EpochKey.UNKNOWN,
                EpochKey.NO_COUNT,
                new EpochHighWaterMarks(EpochKey.NO_COUNT, 0, 0, 0, 0),
                List.of(),
                List.of());
        return new TaskState(
                new TaskIdentity("t", "", "", "", ""),
                EventSource.NATIVE,
                new EpochState(epoch, StatusHistory.NONE.with(only), only),
                new ReportedStatus(only, EpochEvidence.NONE, ReportedStatus.ReportKind.REPORTED),
                new LastPublished(1, only, 0),
                new TaskBookkeeping(0, RepairState.NONE, List.of(), false));
    }

    private static Observation observation(TaskStatus status, long after) {
        return new Observation(status, SEQUENCE + after, NOW + after);
    }
}
