package dev.ratchet.stream.topology;

import static dev.ratchet.stream.topology.RatchetTopologyTest.event;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.stream.deferred.DeferredRecords;
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

/** Records whose schemas the registry does not tell, or does not know. */
class UnresolvedSchemasTest {
    private static final String SUBJECT = "task-status-events-value";
    private static final int NOT_REGISTERED = 4711;
    private static final Duration A_PASS = Duration.ofSeconds(2);

    @TempDir
    Path state;

    private final FaultyRegistry registry = new FaultyRegistry();

    /** Of the newer version of the events' schema. */
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
    void onlyTheTaskThatNeedsItWaitsForASchema() {
        registry.away.add(newer);
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            send(stage, "t1", TaskStatus.IN_PROGRESS, 2, newer);
            stage.event(event(TaskStatus.COMPLETED, 3));
            send(stage, "t2", TaskStatus.SCHEDULED, 4, 0);
            stage.advance(A_PASS);
            assertThat(published(stage)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            assertThat(stage.counters.deferred()).isEqualTo(2);

            registry.away.clear();
            stage.advance(A_PASS);
            assertThat(published(stage)).containsExactly("t1 IN_PROGRESS 2", "t1 COMPLETED 3");
            assertThat(stage.buried()).isEmpty();
            assertThat(stage.counters.read()).isEqualTo(4);

            send(stage, "t1", TaskStatus.COMPLETED, 5, newer);
            assertThat(stage.counters.deferred()).as("all is told").isEqualTo(2);
        }
    }

    @Test
    void eachSchemaIsWaitedForByItself() {
        Schema third =
                new Schema.Parser().parse(TaskStatusEvent.getClassSchema().toString());
        third.addProp("revision", "3");
        int newest = registry.register(SUBJECT, third);
        registry.away.addAll(List.of(newer, newest));
        try (Stage stage = stage()) {
            send(stage, "t1", TaskStatus.SCHEDULED, 1, newer);
            send(stage, "t2", TaskStatus.SCHEDULED, 1, newest);
            registry.away.remove(newest);
            stage.advance(A_PASS);
            assertThat(published(stage)).containsExactly("t2 SCHEDULED 1");
        }
    }

    @Test
    void noTimerActsOnATaskOfWhichARecordWaits() {
        registry.away.add(newer);
        try (Stage stage = stage("ratchet.conductor.url", "http://localhost:9/api")) {
            stage.event(event(TaskStatus.COMPLETED, 2));
            stage.event(event(TaskStatus.IN_PROGRESS, 3));
            send(stage, "t1", TaskStatus.COMPLETED, 4, newer);
            stage.advance(Duration.ofMinutes(5));
            registry.away.clear();
            stage.advance(A_PASS);
            stage.advance(Duration.ofMinutes(5));
            assertThat(stage.commands.isEmpty()).isTrue();
            assertThat(stage.alerts.readValuesToList())
                    .extracting(TaskStatusAlert::getState)
                    .extracting(Object::toString)
                    .containsExactly("OPENED", "RESOLVED");
        }
    }

    @Test
    void anUnknownSchemaIsWaitedForOnce() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            send(stage, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED);
            stage.advance(UnknownSchemas.MAX_LATE.minusSeconds(2));
            assertThat(stage.buried()).isEmpty();
            stage.advance(A_PASS.plusSeconds(1));
            assertThat(categories(stage)).containsExactly("UNKNOWN_SCHEMA");
            send(stage, "t3", TaskStatus.SCHEDULED, 3, NOT_REGISTERED);
            assertThat(categories(stage)).containsExactly("UNKNOWN_SCHEMA");
            assertThat(stage.counters.deferred()).isEqualTo(1);
        }
    }

    @Test
    void aSchemaThatTheRegistryKnowsLateCostsNoRecordWhileOthersStayUnknown() {
        registry.unknown.add(newer);
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            for (int i = 0; i < UnknownSchemas.MAX_LATE_IDS - 1; i++) {
                send(stage, "u" + i, TaskStatus.SCHEDULED, 2, NOT_REGISTERED + i);
            }
            send(stage, "t2", TaskStatus.SCHEDULED, 2, newer);
            registry.unknown.clear();
            stage.advance(A_PASS);
            assertThat(published(stage)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            assertThat(stage.buried()).isEmpty();
        }
    }

    @Test
    void ofManyUnknownSchemasOnlySoManyAreWaitedForAtTheSameTime() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            for (int i = 0; i < 2_000; i++) {
                send(stage, "u" + i, TaskStatus.SCHEDULED, 2, NOT_REGISTERED + i);
            }
            assertThat(stage.counters.deferred()).isEqualTo(UnknownSchemas.MAX_LATE_IDS);
            assertThat(stage.buried()).hasSize(2_000 - UnknownSchemas.MAX_LATE_IDS);
        }
    }

    @Test
    void recordsOfOneUnknownSchemaLeaveRoomForOthers() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            byte[] large = new byte[900_000];
            ByteBuffer.wrap(large).put((byte) 0).putInt(NOT_REGISTERED);
            int half = (int) Math.ceil(DeferredRecords.MAX_BYTES / 2.0 / (large.length + 100));
            for (int i = 0; i < 2 * half; i++) {
                stage.events.pipeInput(Stage.bytes("t" + i), large);
            }
            assertThat(stage.counters.deferred()).isEqualTo(half);
            assertThat(stage.buried()).hasSize(half);
        }
    }

    @Test
    void aBadRecordThatComesFirstWaitsForTheProofAndIsDeadLetteredAsItCame() {
        try (Stage stage = stage()) {
            byte[] value = {0, 0, 0, 47, 11, 2};
            stage.events.pipeInput(new TestRecord<>(
                    Stage.bytes("t2"), value, new RecordHeaders().add("trace", Stage.bytes("abc")), 7L));
            stage.advance(A_PASS);
            assertThat(stage.buried()).isEmpty();
            assertThat(stage.counters.read()).isZero();

            stage.event(event(TaskStatus.SCHEDULED, 1));
            stage.advance(UnknownSchemas.MAX_LATE);
            List<TestRecord<byte[], byte[]>> buried = stage.buried();
            assertThat(buried).singleElement().satisfies(letter -> {
                assertThat(letter.key()).isEqualTo(Stage.bytes("t2"));
                assertThat(letter.value()).isEqualTo(value);
                assertThat(header(letter, "trace")).isEqualTo("abc");
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_SCHEMA");
                assertThat(header(letter, "__streams.errors.topic")).isEqualTo("task-status-events");
                assertThat(header(letter, "__streams.errors.offset")).isEqualTo("0");
            });
            assertThat(published(stage)).containsExactly("t1 SCHEDULED 1");
        }
    }

    @Test
    void aBadRecordWithoutAnyOtherIsDeadLetteredAfterTenMinutes() {
        try (Stage stage = stage()) {
            send(stage, "t1", TaskStatus.SCHEDULED, 1, NOT_REGISTERED);
            stage.advance(Duration.ofMinutes(9));
            assertThat(stage.buried()).isEmpty();
            stage.advance(Duration.ofMinutes(2));
            assertThat(categories(stage)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void aRegistryThatKnowsNoneOfABacklogEndsTheStreamAndBuriesNothing() {
        thenABacklogEndsTheStream(NOT_REGISTERED);
    }

    @Test
    void aRegistryThatKnowsOtherSchemasUnderTheIdsOfABacklogDoesToo() {
        thenABacklogEndsTheStream(registry.register(
                "orders-value", SchemaBuilder.record("shop.Order").fields().endRecord()));
    }

    private void thenABacklogEndsTheStream(int schema) {
        try (Stage stage = stage()) {
            for (int i = 0; i < UnknownSchemas.MAX_UNPROVEN; i++) {
                send(stage, "t" + i, TaskStatus.SCHEDULED, i, schema);
            }
            assertThatThrownBy(() -> send(stage, "t", TaskStatus.SCHEDULED, 99, schema))
                    .hasRootCauseInstanceOf(WrongRegistryException.class)
                    .rootCause()
                    .hasMessageContaining("task-status-events")
                    .hasMessageEndingWith("Unknown schema ids: [" + schema + "]")
                    .satisfies(cause -> assertThat(FatalFailure.advice(cause)).isPresent());
            assertThat(stage.buried()).isEmpty();
        }
    }

    @Test
    void aRegistryThatComesBackEmptyEndsTheStream() {
        registry.away.add(newer);
        try (Stage stage = stage()) {
            for (int i = 0; i <= UnknownSchemas.MAX_UNPROVEN; i++) {
                send(stage, "t" + i, TaskStatus.SCHEDULED, i, newer);
            }
            registry.away.clear();
            registry.unknown.add(newer);
            assertThatThrownBy(() -> stage.advance(A_PASS)).hasRootCauseInstanceOf(WrongRegistryException.class);
            assertThat(stage.buried()).isEmpty();
        }
    }

    @Test
    void aRegistryThatLosesItsSchemasEndsTheStream() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            registry.hasNoSubjects = true;
            assertThatThrownBy(() -> send(stage, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED))
                    .hasRootCauseInstanceOf(WrongRegistryException.class)
                    .rootCause()
                    .hasMessageContaining("to hold subject task-status-changelog-value");
            assertThat(stage.buried()).isEmpty();
        }
    }

    @Test
    void aBadRecordWaitsWhileTheRegistryCannotBeAskedWhetherItIsRight() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            registry.isAway = true;
            send(stage, "t2", TaskStatus.SCHEDULED, 2, NOT_REGISTERED);
            assertThat(stage.buried()).isEmpty();
            registry.isAway = false;
            stage.advance(UnknownSchemas.MAX_LATE);
            assertThat(categories(stage)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void aRefusedSchemaCostsNoThreadAndIsWaitedFor() {
        registry.refused.add(newer);
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            send(stage, "t1", TaskStatus.IN_PROGRESS, 2, newer);
            send(stage, "t2", TaskStatus.SCHEDULED, 3, 0);
            stage.advance(Duration.ofMinutes(9));
            assertThat(published(stage)).containsExactly("t1 SCHEDULED 1", "t2 SCHEDULED 1");
            registry.refused.clear();
            stage.advance(A_PASS);
            assertThat(published(stage)).containsExactly("t1 IN_PROGRESS 2");
            assertThat(stage.buried()).isEmpty();
        }
    }

    @Test
    void aSchemaThatIsRefusedForTenMinutesWhileOthersAreToldMakesDeadLetters() {
        registry.refused.add(newer);
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            send(stage, "t2", TaskStatus.SCHEDULED, 2, newer);
            stage.advance(Duration.ofMinutes(9));
            send(stage, "t3", TaskStatus.SCHEDULED, 3, newer);
            assertThat(stage.buried()).isEmpty();
            stage.advance(Duration.ofMinutes(2));
            assertThat(stage.buried()).hasSize(2).allSatisfy(letter -> {
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("UNKNOWN_SCHEMA");
                assertThat(header(letter, "__streams.errors.message"))
                        .contains("schema " + newer, "10 minutes", "403, error code 40301: Forbidden");
            });
            send(stage, "t2", TaskStatus.SCHEDULED, 4, 0);
            assertThat(published(stage)).contains("t2 SCHEDULED 1");
        }
    }

    @Test
    void aRegistryThatWasAwayInBetweenHasNotRefusedTheSchemaForLong() {
        registry.away.add(newer);
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            send(stage, "t2", TaskStatus.SCHEDULED, 2, newer);
            stage.advance(Duration.ofMinutes(30));
            registry.away.clear();
            registry.refused.add(newer);
            stage.advance(A_PASS);
            assertThat(stage.buried()).isEmpty();
        }
    }

    @Test
    void aRegistryThatRefusesEverythingBuriesNothing() {
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            registry.refusesAll = true;
            for (int i = 0; i < 20; i++) {
                send(stage, "u" + i, TaskStatus.SCHEDULED, i, newer);
                send(stage, "v" + i, TaskStatus.SCHEDULED, i, NOT_REGISTERED + i);
            }
            stage.advance(Duration.ofMinutes(30));
            stage.advance(Duration.ofMinutes(30));
            assertThat(stage.buried()).isEmpty();
            registry.refusesAll = false;
            stage.advance(A_PASS);
            assertThat(published(stage)).hasSize(1 + 20);
            assertThat(stage.buried()).hasSize(20);
        }
    }

    @Test
    void aTopicOfWhichNoSchemaIsToldIsNotBuried() {
        registry.refused.add(newer);
        try (Stage stage = stage()) {
            for (int i = 0; i < 20; i++) {
                send(stage, "t" + i, TaskStatus.SCHEDULED, i, newer);
            }
            stage.advance(Duration.ofMinutes(30));
            stage.advance(Duration.ofMinutes(30));
            assertThat(stage.buried()).isEmpty();
            assertThat(stage.counters.deferred()).isEqualTo(20);
        }
    }

    @Test
    void aBadRecordWaitsWhileTheRegistryRefusesToTellWhetherItIsRight() {
        registry.unknown.add(newer);
        try (Stage stage = stage()) {
            stage.event(event(TaskStatus.SCHEDULED, 1));
            registry.refusesSubjects = true;
            send(stage, "t2", TaskStatus.SCHEDULED, 2, newer);
            assertThat(stage.buried()).isEmpty();
            registry.refusesSubjects = false;
            stage.advance(UnknownSchemas.MAX_LATE);
            assertThat(categories(stage)).containsExactly("UNKNOWN_SCHEMA");
        }
    }

    @Test
    void whenThereIsNoRoomLeftTheThreadFailsAndNothingIsLost() {
        registry.away.add(newer);
        try (Stage stage = stage()) {
            byte[] large = new byte[900_000];
            ByteBuffer.wrap(large).put((byte) 0).putInt(newer);
            int room = (int) (DeferredRecords.MAX_BYTES / large.length);
            for (int i = 0; i < room; i++) {
                stage.events.pipeInput(Stage.bytes("t" + i), large);
            }
            assertThat(stage.counters.deferred()).isEqualTo(room);
            assertThatThrownBy(() -> stage.events.pipeInput(Stage.bytes("t"), large))
                    .hasRootCauseInstanceOf(RegistryUnavailableException.class)
                    .hasStackTraceContaining(room + " records wait already");
        }
    }

    @Test
    void whatIsTooLargeToBeSetAsideIsADeadLetterAndCostsNoThread() {
        registry.away.add(newer);
        try (Stage stage = smallStores()) {
            byte[] value = large(newer);
            stage.events.pipeInput(Stage.bytes("t1"), value);
            assertThat(stage.buried()).singleElement().satisfies(letter -> {
                assertThat(letter.value()).isEqualTo(value);
                assertThat(header(letter, DeadLetters.CATEGORY)).isEqualTo("TOO_LARGE");
                assertThat(header(letter, "__streams.errors.message"))
                        .contains("schema " + newer, "5904", "Send it again", "it is away");
            });
            assertThat(stage.counters.deadLetters(DeadLetterCategory.TOO_LARGE)).isEqualTo(1);
            assertThat(stage.counters.deferred()).isZero();
        }
    }

    @Test
    void whatIsLargeIsReadAsSoonAsTheRegistryIsBack() {
        registry.away.add(newer);
        try (Stage stage = smallStores()) {
            stage.events.pipeInput(Stage.bytes("t1"), large(newer));
            registry.away.clear();
            sendLarge(stage, "t1", newer);
            assertThat(published(stage)).containsExactly("t1 SCHEDULED 1");
            assertThat(categories(stage)).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void whatIsTooLargeToWaitBehindAnotherOfItsKeyIsADeadLetterToo() {
        registry.away.add(newer);
        try (Stage stage = smallStores()) {
            send(stage, "t1", TaskStatus.SCHEDULED, 1, newer);
            sendLarge(stage, "t1", 0);
            sendLarge(stage, "t2", 0);
            assertThat(published(stage)).containsExactly("t2 SCHEDULED 1");
            assertThat(categories(stage)).containsExactly("TOO_LARGE");
        }
    }

    @Test
    void aWrongRegistryEndsTheStreamBeforeItBuriesABacklogOfLargeRecords() {
        try (Stage stage = smallStores()) {
            for (int i = 0; i < UnknownSchemas.MAX_UNPROVEN; i++) {
                stage.events.pipeInput(Stage.bytes("t" + i), large(NOT_REGISTERED));
            }
            assertThat(categories(stage)).hasSize(UnknownSchemas.MAX_UNPROVEN).containsOnly("TOO_LARGE");
            assertThatThrownBy(() -> stage.events.pipeInput(Stage.bytes("t"), large(NOT_REGISTERED)))
                    .hasRootCauseInstanceOf(WrongRegistryException.class);
            assertThat(stage.buried()).isEmpty();
        }
    }

    private Stage smallStores() {
        return stage("kafka.topic.max.message.bytes", "10000");
    }

    private static byte[] large(int schema) {
        byte[] value = new byte[6_000];
        ByteBuffer.wrap(value).put((byte) 0).putInt(schema);
        return value;
    }

    /** Sound, and too large by its headers. */
    private void sendLarge(Stage stage, String task, int schema) {
        stage.events.pipeInput(new TestRecord<>(
                Stage.bytes(task),
                value(task, TaskStatus.SCHEDULED, 5, schema),
                new RecordHeaders().add("trace", new byte[6_000]),
                stage.clock()));
    }

    @Test
    void resultsOfRepairsWaitToo() {
        try (Stage stage = stage("ratchet.conductor.url", "http://localhost:9/api")) {
            stage.event(event(TaskStatus.COMPLETED, 2));
            stage.event(event(TaskStatus.IN_PROGRESS, 3));
            stage.advance(Duration.ofMinutes(1));
            RepairCommand command = stage.commands.readValue();
            registry.away.add(registry.register("any", RepairResult.getClassSchema()));
            stage.result(command, RepairOutcome.REPAIRED, dev.ratchet.v1.TaskStatus.COMPLETED);
            assertThat(stage.counters.deferred()).isEqualTo(1);
            registry.away.clear();
            stage.advance(A_PASS);
            assertThat(stage.counters.answers(RepairState.Result.REPAIRED)).isEqualTo(1);
        }
    }

    private Stage stage(String... settings) {
        return new Stage(state, registry, 1, settings);
    }

    /** @param schema id that the record is to bear; 0 for that of its own */
    private void send(Stage stage, String task, TaskStatus status, long sequence, int schema) {
        stage.events.pipeInput(Stage.bytes(task), value(task, status, sequence, schema), stage.clock());
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

    private static List<String> published(Stage stage) {
        return stage.changelog.readValuesToList().stream()
                .map(UnresolvedSchemasTest::told)
                .toList();
    }

    private static String told(TaskStatusChange change) {
        return change.getTaskId() + " " + change.getStatus() + " " + change.getRevision();
    }

    private static Stream<String> categories(Stage stage) {
        return stage.buried().stream().map(letter -> header(letter, DeadLetters.CATEGORY));
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(requireNonNull(record.headers().lastHeader(name)).value(), StandardCharsets.UTF_8);
    }
}
