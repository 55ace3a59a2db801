package dev.ratchet.task;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.state.TrackedTaskCodec;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks every history up to a given length: all statuses and arrival orders, ties included. */
class AllHistoriesTest {
    private static final TaskStatus[] STATUSES = TaskStatus.values();

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SUB_WORKFLOW"})
    void observationsFoldLikeFullHistoryUpToFiveEvents(String taskType) {
        TransitionTable table = TransitionTable.of(taskType);
        long[] histories = {0};
        for (int length = 1; length <= 5; length++) {
            int[] statuses = new int[length];
            for (long[] sequences : ascending(length)) {
                forEachAssignment(statuses, 0, () -> {
                    histories[0]++;
                    checkFold(statuses, sequences, table);
                });
            }
        }
        assertThat(histories[0]).isEqualTo(9 + 81 * 2 + 729 * 4 + 6_561 * 8 + 59_049 * 16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SUB_WORKFLOW"})
    void observationsFoldLikeFullHistoryUpToSixEventsWithoutTies(String taskType) {
        TransitionTable table = TransitionTable.of(taskType);
        for (int length = 1; length <= 6; length++) {
            int[] statuses = new int[length];
            long[] sequences = LongStream.rangeClosed(1, length).toArray();
            forEachAssignment(statuses, 0, () -> checkFold(statuses, sequences, table));
        }
    }

    /** A log of permitted transitions without a loss ends at its last record. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SUB_WORKFLOW"})
    void logWithoutLossEndsAtStatusOfItsLastRecord(String taskType) {
        TransitionTable table = TransitionTable.of(taskType);
        long[] sequences = LongStream.rangeClosed(1, 6).toArray();
        long[] logs = {0};
        int[] statuses = new int[6];
        forEachAssignment(statuses, 0, () -> {
            if (isPermitted(statuses, table)) {
                logs[0]++;
                assertThat(fold(statuses, sequences, table)).isEqualTo(STATUSES[statuses[5]]);
            }
        });
        assertThat(logs[0]).isGreaterThan(5_000);
    }

    private static void checkFold(int[] statuses, long[] sequences, TransitionTable table) {
        TaskStatus expected = naiveFold(statuses, sequences, table);
        TaskStatus folded = fold(statuses, sequences, table);
        if (folded != expected) {
            throw new AssertionError("Expected " + expected + " of " + Arrays.toString(statuses) + " at "
                    + Arrays.toString(sequences) + ", but got " + folded);
        }
    }

    private static boolean isPermitted(int[] statuses, TransitionTable table) {
        for (int i = 1; i < statuses.length; i++) {
            boolean again = statuses[i] == statuses[i - 1];
            if (!again && !table.permits(STATUSES[statuses[i - 1]], STATUSES[statuses[i]])) {
                return false;
            }
        }
        return true;
    }

    private static TaskStatus fold(int[] statuses, long[] sequences, TransitionTable table) {
        StatusHistory history = StatusHistory.NONE;
        for (int i = 0; i < statuses.length; i++) {
            history = history.with(new Observation(STATUSES[statuses[i]], sequences[i], sequences[i]));
        }
        return history.current(table).status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP", "SUB_WORKFLOW"})
    void promisesHoldInEveryArrivalOrderUpToFourEvents(String taskType) {
        TrackedTaskCodec codec = new TrackedTaskCodec();
        Promises promises =
                new Promises(state -> codec.read(codec.write(new TrackedTask(state, 0, NEVER, NEVER, NEVER, NEVER)))
                        .task());
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", taskType, "upload_item");
        forEachHistory(task, 4, promises::hold);
        assertThat(promises.coveredTransitions()).isEqualTo(steps(TransitionTable.of(taskType)));
    }

    @Test
    void coverageCheckDetectsUncoveredTransition() {
        Promises promises = new Promises(state -> state);
        forEachHistory(Story.TASK, 1, promises::hold);
        assertThat(promises.coveredTransitions()).isNotEqualTo(steps(TransitionTable.STANDARD));
    }

    private static Set<Promises.Step> steps(TransitionTable table) {
        Set<Promises.Step> steps = new HashSet<>();
        for (TaskStatus from : STATUSES) {
            table.successors(from).forEach(to -> steps.add(new Promises.Step(from, to)));
        }
        return steps;
    }

    private static void forEachHistory(TaskIdentity task, int longest, Consumer<List<StatusEvent>> check) {
        for (int length = 1; length <= longest; length++) {
            int[] statuses = new int[length];
            for (long[] sequences : anyOrder(length)) {
                forEachAssignment(statuses, 0, () -> {
                    List<StatusEvent> history = new ArrayList<>();
                    for (int i = 0; i < statuses.length; i++) {
                        history.add(TestEvent.event(STATUSES[statuses[i]], sequences[i])
                                .toEvent(task));
                    }
                    check.accept(history);
                });
            }
        }
    }

    /** Folds the events themselves instead of observations: sorts by sequence, then by status. */
    private static TaskStatus naiveFold(int[] statuses, long[] sequences, TransitionTable table) {
        long[] keys = new long[statuses.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = sequences[i] * STATUSES.length + statuses[i];
        }
        Arrays.sort(keys);
        TaskStatus current = STATUSES[(int) (keys[0] % STATUSES.length)];
        for (long key : keys) {
            TaskStatus next = STATUSES[(int) (key % STATUSES.length)];
            current = table.permits(current, next) ? next : current;
        }
        return current;
    }

    private static void forEachAssignment(int[] statuses, int from, Runnable check) {
        if (from == statuses.length) {
            check.run();
            return;
        }
        for (int status = 0; status < STATUSES.length; status++) {
            statuses[from] = status;
            forEachAssignment(statuses, from + 1, check);
        }
    }

    /** Non-decreasing sequences: each equals the previous one or is one higher. */
    private static List<long[]> ascending(int length) {
        List<long[]> all = new ArrayList<>();
        for (int ties = 0; ties < 1 << (length - 1); ties++) {
            long[] sequences = new long[length];
            sequences[0] = 1;
            for (int i = 1; i < length; i++) {
                sequences[i] = sequences[i - 1] + (ties >> (i - 1) & 1);
            }
            all.add(sequences);
        }
        return all;
    }

    /** Every order of the given number of events, ties included: 1, 3, 13, 75 … */
    private static List<long[]> anyOrder(int length) {
        List<long[]> all = new ArrayList<>();
        long[] sequences = new long[length];
        for (long code = 0; code < Math.round(Math.pow(length, length)); code++) {
            long rest = code;
            for (int i = 0; i < length; i++) {
                sequences[i] = 1 + rest % length;
                rest /= length;
            }
            if (Arrays.stream(sequences).distinct().count()
                    == Arrays.stream(sequences).max().orElseThrow()) {
                all.add(sequences.clone());
            }
        }
        return all;
    }
}
