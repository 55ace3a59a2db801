package dev.ratchet.wire;

import dev.ratchet.task.Ending;
import dev.ratchet.task.Epoch;
import dev.ratchet.task.EpochGround;
import dev.ratchet.task.Evidence;
import dev.ratchet.task.Evidence.Flag;
import dev.ratchet.task.Happening;
import dev.ratchet.task.Heard;
import dev.ratchet.task.Ledger;
import dev.ratchet.task.Life;
import dev.ratchet.task.LifeKey;
import dev.ratchet.task.Mark;
import dev.ratchet.task.Marks;
import dev.ratchet.task.OldLife;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.Payload;
import dev.ratchet.task.Publication;
import dev.ratchet.task.Reach;
import dev.ratchet.task.Repair;
import dev.ratchet.task.Source;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.watch.Watched;
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
    private static final LifeKey FIRST_KEY = new LifeKey(NOW - 3, 0);
    private static final LifeKey KEY = new LifeKey(NOW + 20_000, 1);

    private StoredSamples() {}

    static Map<String, Watched> tasks() {
        Map<String, Watched> samples = new LinkedHashMap<>();
        Repair first = new Repair(SEQUENCE + 50, 3, 3, Repair.Result.FAILED); // format 5 had one count for both
        samples.put("every-field", new Watched(everyField(first), NOW, NOW + 3_000, NOW - 1, NOW, NOW + 600_000, 1));
        samples.put(
                "hardly-any",
                new Watched(hardlyAny(), NOW, Watched.NEVER, Watched.NEVER, Watched.NEVER, Watched.NEVER, 0));
        Repair often = new Repair(SEQUENCE + 50, 3, 19, Repair.Result.EXHAUSTED);
        samples.put("repaired-often", new Watched(everyField(often), NOW, NOW + 3_000, NOW - 1, NOW, NOW + 600_000, 1));
        return samples;
    }

    static Map<String, Captured> captured() {
        Payload all = new Payload(Optional.of("{\"ü\":1}"), "path/to", "worker-1", "because", "child-1", true);
        Map<String, Captured> samples = new LinkedHashMap<>();
        samples.put("every-field", new Captured(3, TaskStatus.FAILED, 77, all));
        samples.put("incomplete", new Captured(3, TaskStatus.COMPLETED, -1, all.withoutOutput()));
        samples.put("nothing", new Captured(1, TaskStatus.COMPLETED_WITH_ERRORS, Long.MAX_VALUE, Payload.NONE));
        return samples;
    }

    private static TaskState everyField(Repair repair) {
        Mark opening = mark(TaskStatus.SCHEDULED, 0);
        Marks marks = Marks.NONE;
        int at = 0;
        for (TaskStatus status : TaskStatus.values()) {
            marks = marks.with(mark(status, at)).with(mark(status, 100L + at));
            at++;
        }
        Epoch epoch = new Epoch(
                2,
                EpochGround.KEY,
                opening,
                KEY,
                1,
                new Reach(4, NOW + 20_010, NOW + 21_000, NOW + 22_000, 0),
                List.of(new OldLife(FIRST_KEY, new Reach(3, NOW, 0, 0, NOW + 1))),
                List.of(new Ending(TaskStatus.FAILED, NOW + 21_000, NOW + 20_010, 4, SEQUENCE + 50)));
        Evidence evidence = new Evidence(KEY, NOW + 20_010, NOW + 22_000, 4, Flag.NO, Flag.YES, 600, 5);
        return new TaskState(
                new TaskIdentity("f9caf8e8-cf5e-4ab1-9ee5-9a3c06215266", "375f1cc8", "upload", "HTTP", "upload__3"),
                Source.CDC,
                new Life(epoch, marks, mark(TaskStatus.COMPLETED, 40)),
                new Heard(mark(TaskStatus.IN_PROGRESS, 50), evidence, Heard.Word.ASKED),
                new Publication(7, mark(TaskStatus.COMPLETED, 40), NOW + 45),
                new Ledger(
                        2,
                        repair,
                        List.of(
                                new Happening(OutcomeKind.ACCEPTED, mark(TaskStatus.COMPLETED, 40)),
                                new Happening(OutcomeKind.BACKWARD_TRANSITION, mark(TaskStatus.IN_PROGRESS, 50))),
                        true));
    }

    private static TaskState hardlyAny() {
        Mark only = new Mark(TaskStatus.IN_PROGRESS, Long.MIN_VALUE, 0);
        Epoch epoch = new Epoch(
                1,
                EpochGround.FIRST,
                only,
                LifeKey.UNKNOWN,
                LifeKey.NO_COUNT,
                new Reach(LifeKey.NO_COUNT, 0, 0, 0, 0),
                List.of(),
                List.of());
        return new TaskState(
                new TaskIdentity("t", "", "", "", ""),
                Source.NATIVE,
                new Life(epoch, Marks.NONE.with(only), only),
                new Heard(only, Evidence.NONE, Heard.Word.REPORTED),
                new Publication(1, only, 0),
                new Ledger(0, Repair.NONE, List.of(), false));
    }

    private static Mark mark(TaskStatus status, long after) {
        return new Mark(status, SEQUENCE + after, NOW + after);
    }
}
