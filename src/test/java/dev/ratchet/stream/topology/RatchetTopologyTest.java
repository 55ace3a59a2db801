package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.Golden;
import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Expected;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.AlertKind;
import dev.ratchet.v1.AlertState;
import dev.ratchet.v1.RejectionReason;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

public class RatchetTopologyTest {
    static final List<String> RECORDINGS = Recordings.NAMES;

    @TempDir
    Path state;

    @Test
    void futureRecordTimestampDoesNotReachStoreChangelog() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            long tomorrow = System.currentTimeMillis() + 86_400_000;
            harness.cdc.pipeInput(TopologyHarness.bytes(record.key()), record.value(), tomorrow);
            assertThat(harness.storeChangelog.readRecord().timestamp()).isLessThan(tomorrow);
        }
    }

    @Test
    void topologyMatchesGoldenFile() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of("ratchet.source", "debezium", "ratchet.conductor.url", "http://localhost:8080/api"));
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn"));
        RatchetTopology topology = new RatchetTopology(
                settings, new TopologyInputs(1, 1_000_000), registry, new ProcessorDependencies(new EventCounters()));
        Golden.check(
                Path.of("src/test/resources/topology.txt"),
                topology.get().describe().toString());
    }

    @Test
    void cdcTopicIsReadOnlyIfConfiguredAsSource() {
        Settings settings = Settings.load(Optional.empty(), Map.of(), Map.of("ratchet.source", "native"));
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn"));
        RatchetTopology topology = new RatchetTopology(
                settings, new TopologyInputs(1, 1_000_000), registry, new ProcessorDependencies(new EventCounters()));
        assertThat(topology.get().describe().toString())
                .contains(settings.topics().events())
                .doesNotContain(settings.topics().cdc())
                .doesNotContain("repair");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ratchet.source=native",
                "ratchet.source=debezium",
                "ratchet.conductor.url=http://localhost:8080/api",
                "ratchet.conductor.url=http://localhost:8080/api ratchet.repair.mode=off",
                "ratchet.conductor.url=http://localhost:8080/api ratchet.repair.mode=off ratchet.audit.mode=on"
            })
    void storesDoNotDependOnSettings(String given) {
        Map<String, String> set = Stream.of(given.split(" ", -1))
                .collect(Collectors.toMap(one -> one.split("=", 2)[0], one -> one.split("=", 2)[1]));
        RatchetTopology topology = new RatchetTopology(
                Settings.load(Optional.empty(), Map.of(), set),
                new TopologyInputs(1, 1_000_000),
                SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn")),
                new ProcessorDependencies(new EventCounters()));
        assertThat(topology.get().describe().subtopologies()).singleElement().satisfies(only -> {
            assertThat(only.id()).isZero();
            assertThat(only.nodes().stream()
                            .filter(TopologyDescription.Processor.class::isInstance)
                            .flatMap(node -> ((TopologyDescription.Processor) node).stores().stream())
                            .distinct())
                    .containsExactlyInAnyOrder(TopologyNames.TASK_STATES, TopologyNames.TIMERS, TopologyNames.OUTPUTS);
        });
    }

    @Test
    void repairResultsAreReadWithRepairAndAuditsOff() {
        Settings settings = Settings.load(
                Optional.empty(),
                Map.of(),
                Map.of("ratchet.conductor.url", "http://localhost:8080/api", "ratchet.repair.mode", "off"));
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", "mock://drawn"));
        RatchetTopology topology = new RatchetTopology(
                settings, new TopologyInputs(1, 1_000_000), registry, new ProcessorDependencies(new EventCounters()));
        assertThat(topology.get().describe().toString())
                .contains(settings.topics().repairResults())
                .doesNotContain(settings.topics().repairCommands());
        assertThat(StreamTopics.inputs(settings))
                .containsExactly(settings.topics().events(), settings.topics().repairResults());
    }

    @Test
    void sourceOffsetIsAddedToLogPosition() {
        try (TopologyHarness harness = new TopologyHarness(state, "ratchet.source.offset", "1000")) {
            Recorded record = Recordings.cdc("heartbeat").get(0);
            harness.cdc(record.key(), record.value());
            long there = harness.changelog.readValue().getSequence();
            try (TopologyHarness other = new TopologyHarness(state.resolve("other"))) {
                other.cdc(record.key(), record.value());
                assertThat(there - other.changelog.readValue().getSequence()).isEqualTo(1_000);
            }
        }
    }

    @Test
    void changesHaveRecordTimeAndOtherOutputsClockTime() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            long start = harness.clock().toEpochMilli();
            harness.event(event(TaskStatus.COMPLETED, 2), harness.clock().minusSeconds(9));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.events.pipeInput(TopologyHarness.bytes("t1"), TopologyHarness.bytes("{}"));
            assertThat(harness.changelog.readRecord().timestamp()).isEqualTo(start - 9_000);
            long aWhileBefore = start - 60_000;
            assertThat(harness.rejections.readRecord().timestamp()).isGreaterThan(aWhileBefore);
            var alert = harness.alerts.readRecord();
            assertThat(alert.timestamp()).isGreaterThan(aWhileBefore);
            assertThat(alert.value().getRaisedAt().toEpochMilli()).isEqualTo(alert.timestamp());
            assertThat(harness.readDeadLetters().get(0).timestamp()).isGreaterThan(aWhileBefore);
        }
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void recordingsProduceExpectedState(String recording) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            List<Recorded> records = Recordings.cdc(recording);
            records.forEach(record -> harness.cdc(record.key(), record.value()));

            Map<String, TaskStatusChange> last = new HashMap<>();
            harness.changelog.readKeyValuesToList().forEach(change -> {
                assertFollows(last.get(change.key), change.value);
                last.put(change.key, change.value);
            });
            List<Expected> expected = Recordings.expected(recording);
            assertThat(last).hasSameSizeAs(expected);
            for (Expected task : expected) {
                TaskStatusChange change = last.get(task.taskId());
                assertThat(change.getStatus().name()).isEqualTo(task.status());
                assertThat(change.getEpoch()).isEqualTo(task.epoch());
                assertThat(change.getRevision()).isEqualTo(task.revision());
                TaskState captured = harness.states().get(task.taskId()).task();
                assertThat(captured.diverges()).isEqualTo(task.diverged());
                assertThat(captured.lastReported().observation().status().name())
                        .isEqualTo(task.heard());
                assertThat(captured.bookkeeping().lostUpdates()).isEqualTo(task.lostUpdates());
            }
            long diverged = expected.stream().filter(Expected::diverged).count();
            List<TaskStatusAlert> alerts = harness.alerts.readValuesToList();
            assertThat(count(alerts, AlertState.OPENED) - count(alerts, AlertState.RESOLVED))
                    .isEqualTo(diverged);
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.read()).isEqualTo(records.size());
            assertThat(harness.counters.events(EventSource.CDC, OutcomeKind.ACCEPTED))
                    .isPositive();
        }
    }

    @ParameterizedTest
    @FieldSource("RECORDINGS")
    void redeliveredRecordingPublishesAndStoresNothing(String recording) {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recordings.cdc(recording).forEach(record -> harness.cdc(record.key(), record.value()));
            harness.changelog.readValuesToList();
            harness.alerts.readValuesToList();
            assertThat(harness.storeChangelog.readValuesToList()).isNotEmpty();
            Recordings.cdc(recording).forEach(record -> harness.cdc(record.key(), record.value()));
            assertThat(harness.storeChangelog.readValuesToList()).isEmpty();
            assertThat(harness.changelog.readValuesToList()).isEmpty();
            assertThat(harness.alerts.readValuesToList()).isEmpty();
        }
    }

    @Test
    void lostUpdateIsRejectedAndAlertsOnce() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.IN_PROGRESS, 1));
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.event(event(TaskStatus.IN_PROGRESS, 4));
            assertThat(harness.changelog.readValuesToList())
                    .extracting(change -> change.getStatus().name())
                    .containsExactly("IN_PROGRESS", "COMPLETED");
            assertThat(harness.rejections.readValuesToList()).hasSize(2).allSatisfy(rejection -> {
                assertThat(rejection.getReason()).isEqualTo(RejectionReason.BACKWARD_TRANSITION);
                assertThat(rejection.getLostUpdate()).isTrue();
                assertThat(rejection.getMessage()).startsWith("Expected nothing to follow COMPLETED, but got");
            });
            assertThat(harness.alerts.readValuesToList()).singleElement().satisfies(alert -> {
                assertThat(alert.getKind()).isEqualTo(AlertKind.LOST_UPDATE);
                assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
                assertThat(alert.getMessage())
                        .isEqualTo(
                                "Conductor overwrote the end of the task: COMPLETED at sequence 2, but it now holds IN_PROGRESS"
                                        + " at sequence 3");
            });

            harness.event(event(TaskStatus.COMPLETED, 5));
            harness.event(event(TaskStatus.COMPLETED, 6));
            assertThat(harness.alerts.readValuesToList())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED));
            assertThat(harness.changelog.isEmpty()).isTrue();
        }
    }

    @Test
    void secondTerminalStatusOpensConflict() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.FAILED, 3));
            harness.event(event(TaskStatus.FAILED, 4));
            assertThat(harness.alerts.readValuesToList())
                    .singleElement()
                    .satisfies(alert -> assertThat(alert.getKind()).isEqualTo(AlertKind.TERMINAL_CONFLICT));
            assertThat(harness.rejections.readValuesToList()).hasSize(2);
        }
    }

    @Test
    void deletionResolvesAlert() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            Recorded lost = lastOfADivergedTask();
            Recordings.cdc("race_176").forEach(record -> harness.cdc(record.key(), record.value()));
            harness.alerts.readValuesToList();
            byte[] deletion = TopologyHarness.bytes("{\"op\":\"d\",\"before\":{\"task_id\":\"" + lost.key()
                    + "\"},\"after\":null,\"source\":{\"lsn\":999999999999}}");
            harness.cdc(lost.key(), deletion);
            harness.cdc(lost.key(), null);
            assertThat(harness.alerts.readValuesToList()).singleElement().satisfies(alert -> {
                assertThat(alert.getState()).isEqualTo(AlertState.RESOLVED);
                assertThat(alert.getMessage()).isEqualTo("Conductor deleted the task");
            });
            assertThat(harness.counters.events(EventSource.CDC, OutcomeKind.IGNORED))
                    .isEqualTo(2);
        }
    }

    @Test
    void duplicatesArePublishedOnlyIfConfigured() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            harness.event(event(TaskStatus.SCHEDULED, 1));
            assertThat(harness.counters.events(EventSource.NATIVE, OutcomeKind.DUPLICATE))
                    .isEqualTo(1);
            assertThat(harness.rejections.isEmpty()).isTrue();
        }
        try (TopologyHarness harness = new TopologyHarness(state, "ratchet.rejections.duplicates", "true")) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            harness.event(event(TaskStatus.SCHEDULED, 1));
            assertThat(harness.rejections.readValue().getReason()).isEqualTo(RejectionReason.DUPLICATE);
        }
    }

    private static void assertFollows(TaskStatusChange before, TaskStatusChange change) {
        assertThat(change.getRevision()).isEqualTo(before == null ? 1 : before.getRevision() + 1);
        assertThat(change.getPreviousStatus()).isEqualTo(before == null ? null : before.getStatus());
    }

    private static long count(List<TaskStatusAlert> alerts, AlertState state) {
        return alerts.stream()
                .filter(alert -> alert.getKind() == AlertKind.LOST_UPDATE && alert.getState() == state)
                .count();
    }

    private static Recorded lastOfADivergedTask() {
        String diverged = Recordings.expected("race_176").stream()
                .filter(Expected::diverged)
                .findFirst()
                .orElseThrow()
                .taskId();
        return Recordings.cdc("race_176").stream()
                .filter(record -> record.key().equals(diverged))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    public static StatusEvent event(TaskStatus status, long sequence) {
        TaskIdentity task = new TaskIdentity("t1", "w1", "upload", "HTTP", "upload_item");
        return new StatusEvent(task, status, 0, sequence, sequence, EventSource.NATIVE, EpochEvidence.NONE);
    }
}
