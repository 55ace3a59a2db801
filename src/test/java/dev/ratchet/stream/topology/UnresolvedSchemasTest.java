package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.stream.deadletter.DeadLetterCategory;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.stream.deferred.DeferredRecords;
import dev.ratchet.stream.deferred.LateSchemas;
import dev.ratchet.stream.deferred.UnknownSchemas;
import dev.ratchet.stream.deferred.WrongRegistryException;
import dev.ratchet.stream.runtime.FatalFailure;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskStatus;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records whose schemas the registry does not return or does not know. */
class UnresolvedSchemasTest {
    private static final String SUBJECT = "task-status-events-value";
    private static final int NOT_REGISTERED = 4711;
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

    @TempDir
    Path state;

    private final FaultyRegistry registry = new FaultyRegistry();

    /** Id of the newer version of the event schema. */
    private int newer;

    @BeforeEach
    void registerANewerVersion() {
        new AvroSerializer<>(TaskStatusEvent.class, registry).prepare("task-status-events");
        Schema schema =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        schema.addProp("revision", "2");
        newer = registry.register(SUBJECT, schema);
    }

    @Test
    void onlyTaskThatNeedsSchemaWaits() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t1", TaskStatus.IN_PROGRESS, 2, newer);
            harness.event(event(TaskStatus.COMPLETED, 3));
            send(harness, "t2", TaskStatus.SCHEDULED, 4, 0);
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            assertThat(harness.counters.deferred()).isEqualTo(2);

            registry.unavailable.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 IN_PROGRESS 2", "t1 COMPLETED 3");
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.read()).isEqualTo(4);

            send(harness, "t1", TaskStatus.COMPLETED, 5, newer);
            assertThat(harness.counters.deferred()).as("no more records wait").isEqualTo(2);
        }
    }

    @Test
    void schemasAreWaitedForIndependently() {
        Schema third =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        third.addProp("revision", "3");
        int newest = registry.register(SUBJECT, third);
        registry.unavailable.addAll(List.of(newer, newest));
        try (TopologyHarness harness = harness()) {
            send(harness, "t1", TaskStatus.SCHEDULED, 1, newer);
            send(harness, "t2", TaskStatus.SCHEDULED, 1, newest);
            registry.unavailable.remove(newest);
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t2 SCHEDULED 1");
        }
    }

    @Test
    void timersSkipTasksWithWaitingRecords() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness("ratchet.conductor.url", "http://localhost:9/api")) {
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            send(harness, "t1", TaskStatus.COMPLETED, 4, newer);
            harness.advance(Duration.ofMinutes(5));
            registry.unavailable.clear();
            harness.advance(RETRY_INTERVAL);
            harness.advance(Duration.ofMinutes(5));
            assertThat(harness.commands.isEmpty()).isTrue();
            assertThat(harness.alerts.readValuesToList())
                    .extracting(TaskStatusAlert::getState)
                    .extracting(Object::toString)
                    .containsExactly("OPENED", "RESOLVED");
        }
    }

    @Test
    void unknownSchemaIsWaitedForOnce() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED);
            harness.advance(LateSchemas.MAX_WAIT.minusSeconds(2));
            assertThat(harness.readDeadLetters()).isEmpty();
            harness.advance(RETRY_INTERVAL.plusSeconds(1));
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
            send(harness, "t3", TaskStatus.SCHEDULED, 3, NOT_REGISTERED);
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
            assertThat(harness.counters.deferred()).isEqualTo(1);
        }
    }

    @Test
    void lateSchemaLosesNoRecordWhileOthersStayUnknown() {
        registry.unknown.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            for (int i = 0; i < LateSchemas.MAX_WAITING - 1; i++) {
                send(harness, "u" + i, TaskStatus.SCHEDULED, 2, NOT_REGISTERED + i);
            }
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            registry.unknown.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void numberOfUnknownSchemasThatWaitIsLimited() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            for (int i = 0; i < 2_000; i++) {
                send(harness, "u" + i, TaskStatus.SCHEDULED, 2, NOT_REGISTERED + i);
            }
            assertThat(harness.counters.deferred()).isEqualTo(LateSchemas.MAX_WAITING);
            assertThat(harness.readDeadLetters()).hasSize(2_000 - LateSchemas.MAX_WAITING);
        }
    }

    @Test
    void recordsOfOneUnknownSchemaUseHalfOfSpace() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            byte[] large = new byte[900_000];
            ByteBuffer.wrap(large).put((byte) 0).putInt(NOT_REGISTERED);
            int half = (int) Math.ceil(DeferredRecords.MAX_BYTES / 2.0 / (large.length + 100));
            for (int i = 0; i < 2 * half; i++) {
                harness.events.pipeInput(TopologyHarness.bytes("t" + i), large);
            }
            assertThat(harness.counters.deferred()).isEqualTo(half);
            assertThat(harness.readDeadLetters()).hasSize(half);
        }
    }

    @Test
    void badFirstRecordWaitsForProofAndIsDeadLetteredUnchanged() {
        try (TopologyHarness harness = harness()) {
            byte[] value = {0, 0, 0, 47, 11, 2};
            harness.events.pipeInput(new TestRecord<>(
                    TopologyHarness.bytes("t2"),
                    value,
                    new RecordHeaders().add("trace", TopologyHarness.bytes("abc")),
                    7L));
            harness.advance(RETRY_INTERVAL);
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.read()).isZero();

            harness.event(event(TaskStatus.SCHEDULED, 1));
            harness.advance(LateSchemas.MAX_WAIT);
            List<TestRecord<byte[], byte[]>> deadLetters = harness.readDeadLetters();
            assertThat(deadLetters).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(TopologyHarness.bytes("t2"));
                assertThat(letter.value()).isEqualTo(value);
                assertThat(header(letter, "trace")).isEqualTo("abc");
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_SCHEMA");
                assertThat(header(letter, "__streams.errors.topic")).isEqualTo("task-status-events");
                assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
            });
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1");
        }
    }

    @Test
    void lonelyBadRecordIsDeadLetteredAfterTenMinutes() {
        try (TopologyHarness harness = harness()) {
            send(harness, "t1", TaskStatus.SCHEDULED, 1, NOT_REGISTERED);
            harness.advance(Duration.ofMinutes(9));
            assertThat(harness.readDeadLetters()).isEmpty();
            harness.advance(Duration.ofMinutes(2));
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void registryWithoutSchemasOfBacklogStopsStream() {
        assertBacklogStopsStream(NOT_REGISTERED);
    }

    @Test
    void registryWithOtherSchemasUnderSameIdsStopsStream() {
        assertBacklogStopsStream(registry.register(
                "orders-value", SchemaBuilder.record("shop.Order").fields().endRecord()));
    }

    private void assertBacklogStopsStream(int schema) {
        try (TopologyHarness harness = harness()) {
            for (int i = 0; i < UnknownSchemas.MAX_UNPROVEN; i++) {
                send(harness, "t" + i, TaskStatus.SCHEDULED, i, schema);
            }
            assertThatThrownBy(() -> send(harness, "t", TaskStatus.SCHEDULED, 99, schema))
                    .hasRootCauseInstanceOf(WrongRegistryException.class)
                    .rootCause()
                    .hasMessageContaining("task-status-events")
                    .hasMessageEndingWith("Unknown schema ids: [" + schema + "]")
                    .satisfies(cause -> assertThat(FatalFailure.advice(cause)).isPresent());
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void registryThatReturnsEmptyStopsStream() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            for (int i = 0; i <= UnknownSchemas.MAX_UNPROVEN; i++) {
                send(harness, "t" + i, TaskStatus.SCHEDULED, i, newer);
            }
            registry.unavailable.clear();
            registry.unknown.add(newer);
            assertThatThrownBy(() -> harness.advance(RETRY_INTERVAL))
                    .hasRootCauseInstanceOf(WrongRegistryException.class);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void registryThatLosesSubjectsStopsStream() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.hasNoSubjects = true;
            assertThatThrownBy(() -> send(harness, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED))
                    .hasRootCauseInstanceOf(WrongRegistryException.class)
                    .rootCause()
                    .hasMessageContaining("to hold subject task-status-changelog-value");
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void badRecordWaitsWhileRegistryIsUnavailable() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.isUnavailable = true;
            send(harness, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED);
            assertThat(harness.readDeadLetters()).isEmpty();
            registry.isUnavailable = false;
            harness.advance(LateSchemas.MAX_WAIT);
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void rejectedSchemaIsWaitedForWithoutFailingThread() {
        registry.rejected.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t1", TaskStatus.IN_PROGRESS, 2, newer);
            send(harness, "t2", TaskStatus.SCHEDULED, 3, 0);
            harness.advance(Duration.ofMinutes(9));
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            registry.rejected.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).containsExactly("t1 IN_PROGRESS 2");
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void schemaRejectedForTenMinutesMakesDeadLetters() {
        registry.rejected.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            harness.advance(Duration.ofMinutes(9));
            send(harness, "t3", TaskStatus.SCHEDULED, 3, newer);
            assertThat(harness.readDeadLetters()).isEmpty();
            harness.advance(Duration.ofMinutes(2));
            assertThat(harness.readDeadLetters()).hasSize(2).allSatisfy(letter -> {
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_SCHEMA");
                assertThat(header(letter, "__streams.errors.message"))
                        .contains("schema " + newer, "10 minutes", "403, error code 40301: Forbidden");
            });
            send(harness, "t2", TaskStatus.SCHEDULED, 4, 0);
            assertThat(published(harness)).contains("t2 SCHEDULED 1");
        }
    }

    @Test
    void outageDoesNotCountAsRejection() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            harness.advance(Duration.ofMinutes(30));
            registry.unavailable.clear();
            registry.rejected.add(newer);
            harness.advance(RETRY_INTERVAL);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    @Test
    void registryThatRejectsEverythingDeadLettersNothing() {
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.rejectsAll = true;
            for (int i = 0; i < 20; i++) {
                send(harness, "u" + i, TaskStatus.SCHEDULED, i, newer);
                send(harness, "v" + i, TaskStatus.SCHEDULED, i, NOT_REGISTERED + i);
            }
            harness.advance(Duration.ofMinutes(30));
            harness.advance(Duration.ofMinutes(30));
            assertThat(harness.readDeadLetters()).isEmpty();
            registry.rejectsAll = false;
            harness.advance(RETRY_INTERVAL);
            assertThat(published(harness)).hasSize(1 + 20);
            assertThat(harness.readDeadLetters()).hasSize(20);
        }
    }

    @Test
    void topicWithAllSchemasRejectedIsNotDeadLettered() {
        registry.rejected.add(newer);
        try (TopologyHarness harness = harness()) {
            for (int i = 0; i < 20; i++) {
                send(harness, "t" + i, TaskStatus.SCHEDULED, i, newer);
            }
            harness.advance(Duration.ofMinutes(30));
            harness.advance(Duration.ofMinutes(30));
            assertThat(harness.readDeadLetters()).isEmpty();
            assertThat(harness.counters.deferred()).isEqualTo(20);
        }
    }

    @Test
    void badRecordWaitsWhileRegistryRejectsSubjectLookups() {
        registry.unknown.add(newer);
        try (TopologyHarness harness = harness()) {
            harness.event(event(TaskStatus.SCHEDULED, 1));
            registry.rejectsSubjects = true;
            send(harness, "t2", TaskStatus.SCHEDULED, 2, newer);
            assertThat(harness.readDeadLetters()).isEmpty();
            registry.rejectsSubjects = false;
            harness.advance(LateSchemas.MAX_WAIT);
            assertThat(categories(harness)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void fullWaitingSpaceFailsThread() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harness()) {
            byte[] large = new byte[900_000];
            ByteBuffer.wrap(large).put((byte) 0).putInt(newer);
            int room = (int) (DeferredRecords.MAX_BYTES / large.length);
            for (int i = 0; i < room; i++) {
                harness.events.pipeInput(TopologyHarness.bytes("t" + i), large);
            }
            assertThat(harness.counters.deferred()).isEqualTo(room);
            assertThatThrownBy(() -> harness.events.pipeInput(TopologyHarness.bytes("t"), large))
                    .hasRootCauseInstanceOf(RegistryUnavailableException.class)
                    .hasStackTraceContaining(room + " records wait already");
        }
    }

    @Test
    void recordTooLargeToWaitIsDeadLettered() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            byte[] value = large(newer);
            harness.events.pipeInput(TopologyHarness.bytes("t1"), value);
            assertThat(harness.readDeadLetters()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(value);
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("TOO_LARGE");
                assertThat(header(letter, "__streams.errors.message"))
                        .contains("schema " + newer, "5904", "Send it again", "it is away");
            });
            assertThat(harness.counters.deadLetters(DeadLetterCategory.TOO_LARGE))
                    .isEqualTo(1);
            assertThat(harness.counters.deferred()).isZero();
        }
    }

    @Test
    void largeRecordIsReadWhenRegistryReturns() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            harness.events.pipeInput(TopologyHarness.bytes("t1"), large(newer));
            registry.unavailable.clear();
            sendLarge(harness, "t1", newer);
            assertThat(published(harness)).containsExactly("t1 SCHEDULED 1");
            assertThat(categories(harness)).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void largeRecordBehindWaitingRecordOfSameKeyIsDeadLettered() {
        registry.unavailable.add(newer);
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            send(harness, "t1", TaskStatus.SCHEDULED, 1, newer);
            sendLarge(harness, "t1", 0);
            sendLarge(harness, "t2", 0);
            assertThat(published(harness)).containsExactly("t2 SCHEDULED 1");
            assertThat(categories(harness)).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void wrongRegistryStopsStreamBeforeDeadLetteringBacklog() {
        try (TopologyHarness harness = harnessWithSmallRecords()) {
            for (int i = 0; i < UnknownSchemas.MAX_UNPROVEN; i++) {
                harness.events.pipeInput(TopologyHarness.bytes("t" + i), large(NOT_REGISTERED));
            }
            assertThat(categories(harness)).hasSize(UnknownSchemas.MAX_UNPROVEN).containsOnly("TOO_LARGE");
            assertThatThrownBy(() -> harness.events.pipeInput(TopologyHarness.bytes("t"), large(NOT_REGISTERED)))
                    .hasRootCauseInstanceOf(WrongRegistryException.class);
            assertThat(harness.readDeadLetters()).isEmpty();
        }
    }

    private TopologyHarness harnessWithSmallRecords() {
        return harness("kafka.topic.max.message.bytes", "10000");
    }

    private static byte[] large(int schema) {
        byte[] value = new byte[6_000];
        ByteBuffer.wrap(value).put((byte) 0).putInt(schema);
        return value;
    }

    /** Valid, but too large because of its headers. */
    private void sendLarge(TopologyHarness harness, String task, int schema) {
        harness.events.pipeInput(new TestRecord<>(
                TopologyHarness.bytes(task),
                value(task, TaskStatus.SCHEDULED, 5, schema),
                new RecordHeaders().add("trace", new byte[6_000]),
                harness.clock()));
    }

    @Test
    void repairResultsWaitForSchemas() {
        try (TopologyHarness harness = harness("ratchet.conductor.url", "http://localhost:9/api")) {
            harness.event(event(TaskStatus.COMPLETED, 2));
            harness.event(event(TaskStatus.IN_PROGRESS, 3));
            harness.advance(Duration.ofMinutes(1));
            RepairCommand command = harness.commands.readValue();
            registry.unavailable.add(registry.register("any", RepairResult.getClassSchema()));
            harness.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(harness.counters.deferred()).isEqualTo(1);
            registry.unavailable.clear();
            harness.advance(RETRY_INTERVAL);
            assertThat(harness.counters.answers(RepairState.Result.REPAIRED)).isEqualTo(1);
        }
    }

    private TopologyHarness harness(String... settings) {
        return new TopologyHarness(state, registry, 1, settings);
    }

    /** @param schema id in the record; 0 for the id of its own schema */
    private void send(TopologyHarness harness, String task, TaskStatus status, long sequence, int schema) {
        harness.events.pipeInput(TopologyHarness.bytes(task), value(task, status, sequence, schema), harness.clock());
    }

    private byte[] value(String task, TaskStatus status, long sequence, int schema) {
        TaskStatusEvent record = TaskRecords.event(event(status, sequence));
        record.setTaskId(task);
        byte[] value = requireNonNull(
                new AvroSerializer<>(TaskStatusEvent.class, registry).serialize("task-status-events", record));
        if (schema != 0) {
            ByteBuffer.wrap(value).putInt(1, schema);
        }
        return value;
    }

    private static List<String> published(TopologyHarness harness) {
        return harness.changelog.readValuesToList().stream()
                .map(UnresolvedSchemasTest::describe)
                .toList();
    }

    private static String describe(TaskStatusChange change) {
        return change.getTaskId() + " " + change.getStatus() + " " + change.getRevision();
    }

    private static Stream<String> categories(TopologyHarness harness) {
        return harness.readDeadLetters().stream().map(letter -> header(letter, DeadLetters.CATEGORY));
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name)).value(), StandardCharsets.UTF_8);
    }
}
