package dev.ratchet.repair.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.conductor.ConductorTask;
import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.conductor.ConductorUnavailableException.Scope;
import dev.ratchet.conductor.ConductorWorkflow;
import dev.ratchet.conductor.TaskUpdate;
import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.RepairProtocol;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskOutput;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairPurpose;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatus;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the loop reads and commits, poll by poll. */
class RepairLoopTest {
    private static final TopicPartition COMMANDS = new TopicPartition("commands", 0);

    private static final Instant LONG_AGO = Instant.EPOCH;

    private final SchemaRegistry registry =
            SchemaRegistry.of(Map.of("schema.registry.url", "mock://" + UUID.randomUUID()));
    private final ShutdownSignal stop = new ShutdownSignal();
    private final ReadableRepairCounters counters = new ReadableRepairCounters();
    private final CommittingConsumer consumer = new CommittingConsumer();
    private final MockProducer<String, byte[]> results =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private RuntimeException failure =
            new ConductorUnavailableException("down", Scope.ALL_REQUESTS, Duration.ofHours(1));
    private Predicate<String> fails = taskId -> true;
    private IntervalFunction conductorUnavailable = IntervalFunction.of(1);
    private final Map<String, Long> asked = new HashMap<>();
    private long offset;
    private long now;

    @Test
    void partitionIsPausedAndPolledDuringOutage() {
        onPoll(
                this::assign,
                this::audit,
                () -> {},
                () -> assertThat(consumer.paused()).containsExactly(COMMANDS));

        run();

        assertThat(consumer.committed).isEmpty();
    }

    @Test
    void resultHasTheTraceOfItsCommand() {
        failure = null;
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", new byte[55]).add("other", new byte[1]);
        RepairCommand unreadable = Commands.repair("t2");
        unreadable.setPurpose(RepairPurpose.UNKNOWN);
        RepairCommand gone = Commands.audit("gone", TaskStatus.IN_PROGRESS);
        onPoll(
                this::assign,
                () -> {
                    send(Commands.repair("t1"), headers);
                    send(unreadable, headers);
                    send(gone, headers);
                },
                () -> {},
                () -> {});

        run();

        assertThat(results.history())
                .hasSize(3)
                .allSatisfy(result ->
                        assertThat(result.headers()).extracting(Header::key).containsExactly("traceparent"));
    }

    @Test
    void unavailableConductorIsProbedWithoutCommands() {
        failure = new ConductorUnavailableException("down", Scope.ALL_REQUESTS, Duration.ofNanos(1));
        Runnable isBack = () -> {
            failure = null;
            now += Duration.ofMinutes(1).toNanos();
        };
        RepairLoop loop = loop();
        Runnable isLost = () -> loop.onPartitionsLost(List.of(COMMANDS));
        onPoll(this::assign, this::audit, () -> {}, isLost, isBack, () -> {});
        try (LogCapture log = new LogCapture(ConductorAvailability.class)) {
            loop.run("commands");
            assertThat(log.lines()).last().asString().contains("Conductor is available again");
        }
    }

    @Test
    void readingResumesWhenConductorAnswers() {
        failure = new ConductorUnavailableException("down", Scope.ALL_REQUESTS, Duration.ofNanos(1));
        Runnable isBack = () -> {
            failure = null;
            now += 5;
        };
        onPoll(this::assign, this::audit, () -> {}, isBack, () -> {}, () -> {});

        run();

        assertThat(consumer.paused()).isEmpty();
    }

    @Test
    void retryDoesNotStopReading() {
        onPoll(
                this::assign,
                () -> send(Commands.repair("t1")),
                () -> {
                    assertThat(consumer.paused()).containsExactly(COMMANDS);
                    now += Duration.ofHours(1).toNanos();
                },
                () -> assertThat(consumer.paused()).isEmpty());

        run();
    }

    @Test
    void fullQueuePausesReading() {
        onPoll(
                this::assign,
                () -> {
                    for (int i = 0; i <= CommandQueue.MOST_REPAIRS; i++) {
                        send(Commands.repair("t" + i));
                    }
                },
                () -> assertThat(consumer.paused()).containsExactly(COMMANDS));
        failure = new ConductorUnavailableException(
                "down", Scope.ALL_REQUESTS, Duration.ZERO); // may be asked again at once

        assertThatThrownBy(this::run).isInstanceOf(WakeupException.class); // shutdown during a request
    }

    @Test
    void nextCommitCoversFailedOne() {
        consumer.commitFailure = new CommitFailedException("left the group");
        failure = null;
        onPoll(this::assign, this::audit, () -> {}, () -> {});
        RepairLoop loop = loop();
        loop.run("commands");

        loop.commit();
        assertThat(consumer.committed).isEmpty();

        consumer.commitFailure = null;
        loop.commit();
        assertThat(consumer.committed).containsEntry(COMMANDS, new OffsetAndMetadata(1));
    }

    @Test
    void fencedConsumerFails() {
        consumer.commitFailure = new FencedInstanceIdException("another has its name");
        failure = null;
        onPoll(this::assign, this::audit, () -> {}, () -> {});
        RepairLoop loop = loop();
        loop.run("commands");

        assertThatThrownBy(loop::commit).isInstanceOf(FencedInstanceIdException.class);
    }

    @Test
    void revokedPartitionsAreCommitted() {
        failure = null;
        onPoll(this::assign, this::audit, () -> {}, () -> consumer.rebalance(List.of()), () -> {});

        run();

        assertThat(consumer.committed).containsEntry(COMMANDS, new OffsetAndMetadata(1));
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST", "FORBIDDEN", "ALL_REQUESTS"})
    void manyFailingTasksDelayOthersBySecondsAtMost(Scope scope) {
        failsFor("bad", scope);
        Map<String, Long> sent = new HashMap<>();
        List<Runnable> polls = new ArrayList<>(List.of(this::assign, () -> repairs(15, "bad", Instant.now())));
        for (int i = 0; i < 4; i++) {
            polls.addAll(seconds(47));
            String other = "other" + i;
            polls.add(() -> {
                sent.put(other, now);
                send(Commands.repair(other));
            });
        }
        polls.addAll(seconds(47));
        onPoll(polls.toArray(Runnable[]::new));

        runAndCommit();

        assertThat(sent)
                .allSatisfy((other, at) -> assertThat(Duration.ofNanos(asked.getOrDefault(other, now) - at))
                        .isLessThan(Duration.ofSeconds(9)));
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "ALL_REQUESTS"})
    void expiredRepairIsDroppedIfConductorAnswersOthers(Scope scope) {
        failsFor("bad", scope);
        afterMinutes(10, () -> repairs(1, "bad", LONG_AGO));

        assertThat(consumer.committed).containsEntry(COMMANDS, new OffsetAndMetadata(1));
        assertThat(counters.get(RepairCounters.Other.DROPPED_REPAIR)).isEqualTo(1);
        assertThat(results.history()).as("no attempt is used up").isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUEST", "FORBIDDEN", "ALL_REQUESTS"})
    void expiredRepairsAreKeptDuringOutage(Scope scope) {
        failsFor("", scope);
        afterMinutes(60, () -> repairs(100, "bad", LONG_AGO));

        assertThat(consumer.committed).isEmpty();
        assertThat(results.history()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "ALL_REQUESTS"})
    void unexpiredRepairIsKept(Scope scope) {
        failsFor("bad", scope);
        afterMinutes(10, () -> {
            repairs(1, "bad", Instant.now());
            IntStream.range(0, 20).forEach(i -> send(Commands.audit("other" + i, TaskStatus.IN_PROGRESS)));
        });

        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(consumer.committed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FORBIDDEN", "ALL_REQUESTS"})
    void fullQueueOfFailingRepairsDoesNotBlockOthers(Scope scope) {
        failsFor("bad", scope);
        afterMinutes(30, () -> repairs(100, "bad", Instant.now()), this::audit);

        assertThat(asked).containsKey("t1");
    }

    private void failsFor(String prefix, Scope scope) {
        failure = new ConductorUnavailableException("no", scope, (Duration) null);
        fails = taskId -> taskId.startsWith(prefix);
        conductorUnavailable = RepairWorker.backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), new Random(1));
    }

    private void repairs(int count, String prefix, Instant issuedAt) {
        for (int i = 0; i < count; i++) {
            RepairCommand command = Commands.repair(prefix + i);
            command.setIssuedAt(issuedAt);
            send(command);
        }
    }

    private void afterMinutes(int minutes, Runnable... sends) {
        List<Runnable> polls = new ArrayList<>(List.of(this::assign));
        polls.addAll(List.of(sends));
        polls.addAll(seconds(60 * minutes));
        onPoll(polls.toArray(Runnable[]::new));
        runAndCommit();
    }

    private void runAndCommit() {
        RepairLoop loop = loop();
        try {
            loop.run("commands");
        } catch (WakeupException e) {
            assertThat(stop.isRequested()).isTrue(); // during a request
        }
        loop.commit();
    }

    private List<Runnable> seconds(int seconds) {
        return Collections.nCopies(seconds, () -> now += Duration.ofSeconds(1).toNanos());
    }

    private void run() {
        loop().run("commands");
    }

    private RepairLoop loop() {
        InfrastructureRetry retry = new InfrastructureRetry(IntervalFunction.of(1), stop);
        return new RepairLoop(
                consumer,
                new CommandReader(new AvroDeserializer<>(RepairCommand.class, registry), Mode.DRY_RUN),
                new CommandHandler(
                        Mode.DRY_RUN,
                        new Scripted(),
                        new RepairProtocol(new Scripted(), 1, writes -> {}),
                        new ResultPublisher("results", new AvroSerializer<>(RepairResult.class, registry), results),
                        retry,
                        counters,
                        Clock.systemUTC()),
                new ConductorAvailability(conductorUnavailable, () -> now),
                retry,
                stop,
                counters,
                new CommandExpiry(Duration.ofMinutes(10), Duration.ofHours(2), Clock.systemUTC()));
    }

    /** One for each poll; the last one requests shutdown. */
    private void onPoll(Runnable... tasks) {
        for (Runnable task : tasks) {
            consumer.schedulePollTask(task);
        }
        consumer.schedulePollTask(stop::request);
    }

    private void assign() {
        consumer.rebalance(List.of(COMMANDS));
        consumer.updateBeginningOffsets(Map.of(COMMANDS, 0L));
    }

    private void audit() {
        send(Commands.audit("t1", TaskStatus.IN_PROGRESS));
    }

    private void send(RepairCommand command) {
        send(command, new RecordHeaders());
    }

    private void send(RepairCommand command, Headers headers) {
        byte[] bytes = new AvroSerializer<>(RepairCommand.class, registry).serialize("commands", command);
        consumer.addRecord(new ConsumerRecord<>(
                "commands",
                0,
                offset++,
                ConsumerRecord.NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                command.getTaskId(),
                bytes,
                headers,
                Optional.empty()));
    }

    private final class Scripted implements ConductorClient {
        @Override
        public Optional<ConductorTask> task(String taskId) {
            asked.putIfAbsent(taskId, now);
            if (failure != null && fails.test(taskId)) {
                throw failure;
            }
            if (taskId.equals("gone")) {
                return Optional.empty();
            }
            TaskIdentity task = new TaskIdentity(taskId, "w1", "", "HTTP", "ref");
            return Optional.of(
                    new ConductorTask(task, "IN_PROGRESS", EpochEvidence.NONE, 0, TaskOutput.NONE)); // no news
        }

        @Override
        public Optional<ConductorWorkflow> workflow(String workflowId) {
            return Optional.empty();
        }

        @Override
        public void update(TaskUpdate update) {}

        @Override
        public void decide(String workflowId) {}
    }

    private static final class CommittingConsumer extends MockConsumer<String, byte[]> {
        Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
        KafkaException commitFailure;

        CommittingConsumer() {
            super("earliest");
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (commitFailure != null) {
                throw commitFailure;
            }
            committed = Map.copyOf(offsets);
        }
    }
}
