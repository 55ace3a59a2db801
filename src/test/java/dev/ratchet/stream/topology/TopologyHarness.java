package dev.ratchet.stream.topology;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.TaskRecords;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.state.CapturedOutput;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.metrics.ReadableEventCounters;
import dev.ratchet.stream.progress.PartitionProgress;
import dev.ratchet.stream.runtime.StreamsProperties;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.stream.state.OpenAlerts;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.deadline.TrackedTask;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairCommand;
import dev.ratchet.v1.RepairOutcome;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatus;
import dev.ratchet.v1.TaskStatusAlert;
import dev.ratchet.v1.TaskStatusChange;
import dev.ratchet.v1.TaskStatusEvent;
import dev.ratchet.v1.TaskStatusRejection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Runs the whole topology in Kafka's TopologyTestDriver, with typed inputs and outputs. */
final class TopologyHarness implements AutoCloseable {
    static final int MAX_DEAD_LETTER = 20_000;

    final ReadableEventCounters counters = new ReadableEventCounters();
    final ProcessorDependencies shared = new ProcessorDependencies(counters);
    final TestInputTopic<byte[], byte[]> events;
    final TestInputTopic<byte[], byte[]> cdc;
    final TestOutputTopic<String, TaskStatusChange> changelog;
    final TestOutputTopic<String, TaskStatusRejection> rejections;
    final TestOutputTopic<String, TaskStatusAlert> alerts;
    final TestOutputTopic<byte[], byte[]> deadLetters;
    final TestOutputTopic<byte[], byte[]> storeChangelog;
    final TestOutputTopic<byte[], byte[]> outputsChangelog;
    final TestOutputTopic<String, RepairCommand> commands;

    private final TopologyTestDriver driver;
    private final TestOutputTopic<byte[], byte[]> timersChangelog;
    private final TestInputTopic<byte[], byte[]> results;
    private final AvroSerializer<TaskStatusEvent> serializer;
    private final AvroSerializer<RepairResult> resultSerializer;
    private final String eventsTopic;
    private final String resultsTopic;

    /** Of the results that are sent next. */
    Headers resultHeaders = new RecordHeaders();

    /** In the past, so that it can advance without passing the system clock. */
    private Instant clock = Instant.now().minus(Duration.ofDays(100));

    /** End offset of the source topics and the monotonic time at which it was read. */
    private long sourceEnds;

    private long nanos;

    TopologyHarness(Path stateDirectory, String... settings) {
        this(stateDirectory, SchemaRegistry.of(Map.of("schema.registry.url", "mock://stage")), 1, settings);
    }

    TopologyHarness(Path stateDirectory, SchemaRegistry registry, int partitions, String... given) {
        Map<String, String> set = new HashMap<>(Map.of(
                "ratchet.source", "debezium",
                "ratchet.state.dir", stateDirectory.toString(),
                "kafka.bootstrap.servers", "localhost:9"));
        for (int i = 0; i < given.length; i += 2) {
            set.put(given[i], given[i + 1]);
        }
        Settings settings = Settings.load(Optional.empty(), Map.of(), set);
        Properties properties = new Properties();
        properties.putAll(StreamsProperties.of(settings));
        RatchetTopology topology =
                new RatchetTopology(settings, new TopologyInputs(partitions, MAX_DEAD_LETTER), registry, shared);
        driver = new TopologyTestDriver(topology.get(), properties, clock);
        shared.catchUp().assigned().forEach(PartitionProgress::done);
        ByteArraySerializer raw = new ByteArraySerializer();
        eventsTopic = settings.topics().events();
        events = driver.createInputTopic(eventsTopic, raw, raw, clock, Duration.ZERO);
        cdc = driver.createInputTopic(settings.topics().cdc(), raw, raw, clock, Duration.ZERO);
        resultsTopic = settings.topics().repairResults();
        results = driver.createInputTopic(resultsTopic, raw, raw, clock, Duration.ZERO);
        resultSerializer = new AvroSerializer<>(RepairResult.class, registry);
        commands = output(settings.topics().repairCommands(), RepairCommand.class, registry);
        serializer = new AvroSerializer<>(TaskStatusEvent.class, registry);
        changelog = output(settings.topics().changelog(), TaskStatusChange.class, registry);
        rejections = output(settings.topics().rejections(), TaskStatusRejection.class, registry);
        alerts = output(settings.topics().alerts(), TaskStatusAlert.class, registry);
        deadLetters = driver.createOutputTopic(
                settings.topics().deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        storeChangelog = storeChangelog(properties, TopologyNames.TASK_STATES);
        timersChangelog = storeChangelog(properties, TopologyNames.TIMERS);
        outputsChangelog = storeChangelog(properties, TopologyNames.OUTPUTS);
        advance(Duration.ofMillis(500)); // the first tick stores the limits
        timersChangelog.readRecordsToList();
    }

    private TestOutputTopic<byte[], byte[]> storeChangelog(Properties properties, String store) {
        return driver.createOutputTopic(
                properties.get("application.id") + "-" + store + "-changelog",
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    void event(StatusEvent event) {
        event(TaskRecords.event(event));
    }

    void event(StatusEvent event, Instant timestamp) {
        TaskStatusEvent record = TaskRecords.event(event);
        noteSourceRecord();
        events.pipeInput(bytes(record.getTaskId()), serializer.serialize(eventsTopic, record), timestamp);
    }

    void event(TaskStatusEvent event) {
        event(event, new RecordHeaders());
    }

    void event(TaskStatusEvent event, Headers headers) {
        noteSourceRecord();
        events.pipeInput(
                new TestRecord<>(bytes(event.getTaskId()), serializer.serialize(eventsTopic, event), headers, clock));
    }

    void cdc(String key, byte @Nullable [] value) {
        noteSourceRecord();
        cdc.pipeInput(bytes(key), value, clock);
    }

    /** Sends the result of a command. */
    void result(RepairCommand command, RepairOutcome how, @Nullable TaskStatus observed) {
        RepairResult result = new RepairResult();
        result.setCommandId(command.getCommandId());
        result.setTaskId(command.getTaskId());
        result.setEpoch(command.getEpoch());
        result.setHeardSequence(command.getHeardSequence());
        result.setAttempt(command.getAttempt());
        result.setResult(how);
        result.setReason("because");
        result.setObservedStatus(observed);
        result(result);
    }

    /** Requests another repair of a task. */
    void retry(String taskId) {
        RepairResult result = new RepairResult();
        result.setCommandId("");
        result.setTaskId(taskId);
        result.setResult(RepairOutcome.RETRY_REQUESTED);
        result.setReason("because");
        result(result);
    }

    /** Requests an audit of all tasks of the partition. */
    void requestAudit(String requestId, boolean endedToo) {
        RepairResult result = new RepairResult();
        result.setCommandId(requestId);
        result.setTaskId("");
        result.setResult(endedToo ? RepairOutcome.FULL_AUDIT_REQUESTED : RepairOutcome.AUDIT_REQUESTED);
        result.setReason("because");
        result(result);
    }

    /** Requests that all tasks of the partition are published again. */
    void requestRepublication(String requestId) {
        RepairResult result = new RepairResult();
        result.setCommandId(requestId);
        result.setTaskId("");
        result.setResult(RepairOutcome.REPUBLISH_REQUESTED);
        result.setReason("because");
        result(result);
    }

    /** Sends an audit result with an event. */
    void audited(TaskStatusEvent event) {
        RepairResult result = new RepairResult();
        result.setCommandId(event.getTaskId() + "/" + event.getEpoch() + "/" + event.getSequence() + "/0");
        result.setTaskId(event.getTaskId());
        result.setEpoch(event.getEpoch());
        result.setHeardSequence(event.getSequence());
        result.setResult(RepairOutcome.AUDITED);
        result.setReason("because");
        result.setFinding(event.getStatus() == TaskStatus.IN_PROGRESS ? AuditFinding.BEHIND : AuditFinding.AHEAD);
        result.setEvent(event);
        result(result);
    }

    /** Sends an audit result without an event. */
    void audited(RepairCommand command, AuditFinding finding) {
        RepairResult result = new RepairResult();
        result.setCommandId(command.getCommandId());
        result.setTaskId(command.getTaskId());
        result.setEpoch(command.getEpoch());
        result.setHeardSequence(command.getHeardSequence());
        result.setAttempt(command.getAttempt());
        result.setResult(RepairOutcome.AUDITED);
        result.setReason("because");
        result.setFinding(finding);
        result(result);
    }

    private void result(RepairResult result) {
        result.setFinishedAt(clock);
        results.pipeInput(new TestRecord<>(
                bytes(result.getTaskId()), resultSerializer.serialize(resultsTopic, result), resultHeaders, clock));
    }

    /** Advances the clock and fires due timers. */
    void advance(Duration time) {
        clock = clock.plus(time);
        nanos += time.toNanos();
        shared.activity().observe(sourceEnds, true, nanos);
        driver.advanceWallClockTime(time);
    }

    private void noteSourceRecord() {
        shared.activity().observe(++sourceEnds, true, nanos);
    }

    Instant clock() {
        return clock;
    }

    KeyValueStore<String, CapturedOutput> outputs() {
        return driver.getKeyValueStore(TopologyNames.OUTPUTS);
    }

    /** {@return the number of writes of timer buckets since the last call, deletions included} */
    int timerWrites() {
        return (int) timersChangelog.readRecordsToList().stream()
                .filter(written -> written.key()[0] > 0)
                .count();
    }

    /** {@return the committed index of open alerts, in the order of its keys} */
    List<OpenAlert> openAlerts() {
        List<OpenAlert> open = new ArrayList<>();
        OpenAlerts.KeyRange range = OpenAlerts.all();
        try (KeyValueIterator<Bytes, byte[]> all =
                this.<Bytes, byte[]>committed(TopologyNames.TIMERS).range(range.from(), range.to())) {
            all.forEachRemaining(entry -> open.add(OpenAlerts.decode(entry.key, entry.value)));
        }
        return open;
    }

    /** {@return the number of timer buckets} */
    int timers() {
        int groups = 0;
        try (KeyValueIterator<Bytes, byte[]> all = this.<Bytes, byte[]>committed(TopologyNames.TIMERS)
                .range(TimerStore.from(Timers.TimerType.TASK, 0), null)) {
            for (; all.hasNext(); all.next()) {
                groups++;
            }
        }
        return groups;
    }

    KeyValueStore<String, TrackedTask> states() {
        return committed(TopologyNames.TASK_STATES);
    }

    /** The store beneath the write-behind cache; the driver commits after each record and tick. */
    @SuppressWarnings("unchecked")
    private <K, V> KeyValueStore<K, V> committed(String store) {
        return ((WriteBehindStore<K, V>) driver.getStateStore(store)).wrapped();
    }

    /** Dead letters since the last call. */
    List<TestRecord<byte[], byte[]>> readDeadLetters() {
        return deadLetters.readRecordsToList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private <T extends SpecificRecord> TestOutputTopic<String, T> output(
            String topic, Class<T> type, SchemaRegistry registry) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new AvroDeserializer<>(type, registry));
    }

    @Override
    public void close() {
        driver.close();
    }
}
