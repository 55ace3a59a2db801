package dev.ratchet.task;

import static dev.ratchet.task.deadline.TrackedTask.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.state.TrackedTaskCodec;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.deadline.TrackedTask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random longer histories, more than a million; a failure names the seed. */
class RandomHistoriesTest {
    private static final int HISTORIES = 600_000;
    private static final long SEED = Long.getLong("ratchet.seed", 176);
    private static final TaskStatus[] STATUSES = TaskStatus.values();
    private static final String[] TYPES = {"HTTP", "SUB_WORKFLOW"};

    private final TrackedTaskCodec codec = new TrackedTaskCodec();

    @Test
    void promisesHoldWithStatedEpochsInAnyOrder() {
        Promises promises =
                new Promises(state -> codec.read(codec.write(new TrackedTask(state, 0, NEVER, NEVER, NEVER, NEVER)))
                        .task());
        for (int i = 0; i < HISTORIES; i++) {
            Random random = new Random(SEED + i);
            List<StatusEvent> lastReported = shuffled(stated(random), random);
            HistoryShrinker.hold(lastReported, SEED + i, promises::hold);
            if (i % 4 == 0) {
                HistoryShrinker.hold(
                        lastReported,
                        SEED + i,
                        history -> checkOrderIndependence(history, new Random(history.size()), promises));
            }
        }
    }

    @Test
    void connectorRestartChangesNothingWithInferredEpochs() {
        int newEpochs = 0;
        for (int i = 0; i < HISTORIES; i++) {
            Random random = new Random(SEED + i);
            List<StatusEvent> log = logged(random);
            HistoryShrinker.hold(log, SEED + i, history -> checkRestartEverywhere(history, codec));
            newEpochs += walk(log).epoch().number() - 1;
        }
        assertThat(newEpochs).as("epochs opened").isGreaterThan(HISTORIES / 2);
    }

    /** Any permutation with duplicates of the same events ends at the same current status. */
    private static void checkOrderIndependence(List<StatusEvent> history, Random random, Promises promises) {
        TaskState once = promises.hold(history);
        TaskState again = promises.hold(shuffled(history, random));
        Promises.promise(
                once.history().equals(again.history()) && once.current().equals(again.current()),
                "order-free",
                history,
                again.current(),
                once.current());
    }

    /** After each record, redelivers every range of records that ends with it, and writes and reads back the state. */
    private static void checkRestartEverywhere(List<StatusEvent> log, TrackedTaskCodec codec) {
        TaskState state = StatusReducer.reduceFirst(log.get(0)).state();
        for (int at = 0; at < log.size(); at++) {
            state = at == 0 ? state : StatusReducer.reduce(state, log.get(at)).state();
            TaskState read = codec.read(codec.write(new TrackedTask(state, 0, NEVER, NEVER, NEVER, NEVER)))
                    .task();
            Promises.promise(read.equals(state), "replay", log.subList(0, at + 1), read, state);
            for (int again = 0; again <= at; again++) {
                Outcome outcome = StatusReducer.reduce(state, log.get(again));
                Promises.promise(
                        outcome.state().equals(state) && !(outcome instanceof Outcome.Accepted),
                        "restart",
                        log.subList(0, at + 1),
                        outcome,
                        state);
            }
        }
    }

    private static TaskState walk(List<StatusEvent> log) {
        TaskState state = StatusReducer.reduceFirst(log.get(0)).state();
        for (StatusEvent event : log.subList(1, log.size())) {
            state = StatusReducer.reduce(state, event).state();
        }
        return state;
    }

    private static List<StatusEvent> stated(Random random) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", TYPES[random.nextInt(2)], "upload_item");
        List<StatusEvent> events = new ArrayList<>();
        for (int i = 0, length = 5 + random.nextInt(6); i < length; i++) {
            TaskStatus status = STATUSES[random.nextInt(STATUSES.length)];
            events.add(TestEvent.event(status, 1 + random.nextInt(8))
                    .from(EventSource.NATIVE)
                    .stating(1 + random.nextInt(3))
                    .toEvent(task));
        }
        return events;
    }

    private static List<StatusEvent> shuffled(List<StatusEvent> events, Random random) {
        List<StatusEvent> lastReported = new ArrayList<>(events);
        for (int i = 0, more = random.nextInt(4); i < more; i++) {
            lastReported.add(events.get(random.nextInt(events.size())));
        }
        Collections.shuffle(lastReported, random);
        return lastReported;
    }

    /** Records in the order of a log, with evidence from few values, so that every condition applies often. */
    private static List<StatusEvent> logged(Random random) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", TYPES[random.nextInt(2)], "upload_item");
        List<StatusEvent> log = new ArrayList<>();
        for (int i = 0, length = 6 + random.nextInt(5); i < length; i++) {
            EpochEvidence evidence = new EpochEvidence(
                    new EpochKey(random.nextInt(4) * 100L, random.nextInt(8) == 0 ? 1 : 0),
                    random.nextInt(3) * 10L,
                    random.nextInt(3) * 15L,
                    random.nextInt(2),
                    Flag.of(random.nextBoolean()),
                    Flag.of(random.nextBoolean()),
                    0,
                    0);
            TaskStatus status = STATUSES[random.nextInt(3) == 0 ? random.nextInt(STATUSES.length) : random.nextInt(3)];
            log.add(new StatusEvent(task, status, 0, 10L * (i + 1), i, EventSource.CDC, evidence));
        }
        return log;
    }
}
