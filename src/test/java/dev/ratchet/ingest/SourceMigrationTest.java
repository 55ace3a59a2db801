package dev.ratchet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.ingest.debezium.DebeziumReader;
import dev.ratchet.task.Alert;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.StatusReducer;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An installation moves from the webhook to change data capture in the midst of what people do on purpose, at any moment:
 * whatever the webhook did not tell before, nobody is alerted from then on, and each task ends as its row.
 */
class SourceMigrationTest {
    private static final Set<String> UNKNOWN_TO_THE_WEBHOOK = Set.of(
            "DO_WHILE",
            "EVENT",
            "EXCLUSIVE_JOIN",
            "FORK",
            "HTTP",
            "HUMAN",
            "INLINE",
            "JOIN",
            "SET_VARIABLE",
            "SUB_WORKFLOW",
            "SWITCH",
            "TERMINATE",
            "WAIT");

    private final Map<String, StatusEvent> rows = new HashMap<>();
    private final Map<String, TaskState> states = new HashMap<>();
    private final List<String> alerts = new ArrayList<>();

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/stories"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void snapshotTakesOverWebhookTasks(Path recording) throws IOException {
        List<Reading> log = log(recording);
        for (int moment = 0; moment <= log.size(); moment++) {
            notifyOf(log.subList(0, moment));
            snapshot();
            checkTheRestOf(log, moment);
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void logTakesOverWebhookTasks(Path recording) throws IOException {
        List<Reading> log = log(recording);
        for (int moment = 0; moment <= log.size(); moment++) {
            notifyOf(log.subList(0, moment));
            checkTheRestOf(log, moment);
        }
    }

    private static List<Reading> log(Path recording) throws IOException {
        return Files.readAllLines(recording).stream()
                .map(line -> new DebeziumReader(0).read(line.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** What the webhook tells of these changes: new statuses of workers' tasks, but of no reopening. */
    private void notifyOf(List<Reading> changes) {
        rows.clear();
        states.clear();
        for (Reading change : changes) {
            StatusEvent before = keep(change);
            if (change instanceof Reading.Event read && isNotified(before, read.event())) {
                fold(notification(read.event()));
            }
        }
        alerts.clear();
    }

    private static boolean isNotified(StatusEvent before, StatusEvent change) {
        boolean isNew = before == null || before.status() != change.status();
        boolean isReopening = before != null && change.status() == TaskStatus.SCHEDULED;
        return isNew
                && !isReopening
                && change.evidence().key().scheduledTime() > 0
                && !UNKNOWN_TO_THE_WEBHOOK.contains(change.task().taskType());
    }

    private static StatusEvent notification(StatusEvent change) {
        EpochEvidence row = change.evidence();
        long time = Math.max(row.key().scheduledTime(), Math.max(row.startTime(), row.endTime()));
        EpochEvidence told = new EpochEvidence(
                new EpochKey(row.key().scheduledTime(), EpochKey.NO_COUNT),
                row.startTime(),
                row.endTime(),
                EpochKey.NO_COUNT,
                Flag.UNKNOWN,
                Flag.UNKNOWN,
                0,
                0);
        return new StatusEvent(
                change.task(), change.status(), StatusEvent.NOT_STATED, time, time, EventSource.WEBHOOK, told, false);
    }

    private void snapshot() {
        long now =
                rows.values().stream().mapToLong(StatusEvent::occurredAt).max().orElse(0) + 1;
        for (StatusEvent row : List.copyOf(rows.values())) {
            fold(new StatusEvent(
                    row.task(), row.status(), StatusEvent.NOT_STATED, 0, now, EventSource.CDC, row.evidence(), true));
        }
    }

    private void checkTheRestOf(List<Reading> log, int moment) {
        for (Reading change : log.subList(moment, log.size())) {
            keep(change);
            if (change instanceof Reading.Event read) {
                fold(read.event());
            }
        }
        assertThat(alerts).as("moment %d", moment).isEmpty();
        states.values().stream()
                .filter(state -> state.source() == EventSource.CDC
                        && rows.containsKey(state.task().taskId()))
                .forEach(state -> assertThat(state.current().status())
                        .as("moment %d: %s", moment, state.task())
                        .isEqualTo(rows.get(state.task().taskId()).status()));
    }

    /** {@return the row that was there before} */
    private StatusEvent keep(Reading change) {
        if (change instanceof Reading.Deleted deleted) {
            return rows.remove(deleted.taskId());
        }
        StatusEvent event = ((Reading.Event) change).event();
        return rows.put(event.task().taskId(), event);
    }

    private void fold(StatusEvent event) {
        TaskState before = states.get(event.task().taskId());
        TaskState after =
                (before == null ? StatusReducer.reduceFirst(event) : StatusReducer.reduce(before, event)).state();
        states.put(event.task().taskId(), after);
        Alert.between(Optional.ofNullable(before), after).stream()
                .filter(alert -> alert.phase() == Alert.Phase.OPENED)
                .forEach(alert -> alerts.add(alert.kind() + " of " + event));
    }
}
