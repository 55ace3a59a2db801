package dev.ratchet.stream.topology;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.stream.EventLog;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.deadletter.DeadLetters;
import dev.ratchet.stream.deferred.DeferralSettings;
import dev.ratchet.stream.deferred.DeferringReader;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.trace.TraceHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of one input topic: events and deletions of tasks go to the rule, unreadable records to the dead
 * letters, and records that report nothing are counted. An input record whose result Kafka rejected as too large goes
 * to the dead letters too.
 */
final class DecodingProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
    private static final Duration RETRY = Duration.ofMillis(500);

    private final RecordReader reader;
    private final EventSource source;
    private final String topic;
    private final TopologyInputs inputs;
    private final EventCounters counters;
    private final EventLog log;
    private final Optional<DeferralSettings> deferral;

    @SuppressWarnings("NullAway.Init") // by init, before any record
    private OversizedTasks oversized;

    @SuppressWarnings("NullAway.Init") // by init
    private TopicPartition input;

    private @Nullable DeferringReader deferring;

    private @Nullable Cancellable retries;

    private AtomicLong position = new AtomicLong();

    /**
     * @param deferral how records are deferred whose schemas the registry does not return; empty if the input uses no
     *     registry
     */
    DecodingProcessor(
            RecordReader reader,
            EventSource source,
            String topic,
            TopologyInputs inputs,
            ProcessorDependencies shared,
            Optional<DeferralSettings> deferral) {
        this.reader = reader;
        this.source = source;
        this.topic = topic;
        this.inputs = inputs;
        this.counters = shared.counters();
        this.log = shared.log();
        this.deferral = deferral;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        oversized = OversizedTasks.in(context.appConfigs());
        input = new TopicPartition(topic, context.taskId().partition());
        position = oversized.position(input);
        if (deferral.isPresent()) {
            TimerStore store = context.getStateStore(TopologyNames.TIMERS);
            DeferringReader patient = deferral.get().reader(reader, input, source, store, counters);
            deferring = patient;
            cancel(); // a task that is revived after a failure keeps its old schedule
            retries = context.schedule(
                    RETRY,
                    PunctuationType.WALL_CLOCK_TIME,
                    scheduled -> patient.retry(
                            context.currentSystemTimeMs(),
                            (record, reading) -> reading.accept(new Dispatch(record.read(), record.offset()))));
        }
    }

    private void cancel() {
        if (retries != null) {
            retries.cancel();
        }
    }

    @Override
    public void close() {
        cancel();
    }

    @Override
    public void process(Record<byte[], byte[]> read) {
        long offset = context().recordMetadata().orElseThrow().offset();
        position.lazySet(offset);
        Reading reading = deferring == null
                ? reader.read(read.value())
                : deferring.read(read, offset, context().currentSystemTimeMs());
        if (reading != null) {
            reading.accept(new Dispatch(read, offset));
        }
    }

    private final class Dispatch implements Reading.Visitor<Void>, Reading.ResultVisitor<Void> {
        private final Record<byte[], byte[]> read;
        private final long offset;

        private Dispatch(Record<byte[], byte[]> read, long offset) {
            this.read = read;
            this.offset = offset;
        }

        @Override
        public Void onEvent(Reading.Event event) {
            return pass(event.event().task().taskId(), event);
        }

        @Override
        public Void onDeleted(Reading.Deleted deleted) {
            return pass(deleted.taskId(), deleted);
        }

        @Override
        public Void onResult(Reading.Result result) {
            return result.acceptResult(this);
        }

        @Override
        public Void onAnswer(Reading.Answer answer) {
            return pass(answer.answer().taskId(), answer);
        }

        @Override
        public Void onExistence(Reading.Existence existence) {
            return pass(existence.taskId(), existence);
        }

        @Override
        public Void onRetry(Reading.Retry retry) {
            return pass(retry.taskId(), retry);
        }

        @Override
        public Void onRequest(Reading.Request request) {
            return forward("", request); // about the partition, so there is no key to check
        }

        @Override
        public Void onRefused(Reading.Refused refused) {
            // The key is the guard's, so the partition may be any: the record touches no state, and alerts have the
            // task's id.
            return forward(refused.write().task().taskId(), refused);
        }

        @Override
        public Void onNothing(Reading.Nothing nothing) {
            counters.count(source, OutcomeKind.IGNORED);
            return null;
        }

        @Override
        public Void onUnreadable(Reading.Unreadable unreadable) {
            return deadLetter(unreadable.flaw(), unreadable.error());
        }

        /** The key must be the task id, and the partition the one where Kafka's own partitioner puts it. */
        private Void pass(String taskId, Reading reading) {
            byte @Nullable [] key = read.key();
            if (key == null || !Arrays.equals(key, taskId.getBytes(StandardCharsets.UTF_8))) {
                return deadLetter(
                        DeadLetterCategory.KEY_MISMATCH,
                        "Expected the key to be the task id '" + taskId + "', but got " + DeadLetters.quote(key));
            }
            int expected = BuiltInPartitioner.partitionForKey(key, inputs.partitions());
            if (input.partition() != expected) {
                inputs.partitionCheck().run(); // partitions may have been added to the topic
                return deadLetter(
                        DeadLetterCategory.PARTITION_MISMATCH,
                        "Expected key '" + taskId + "' on partition " + expected + " of " + inputs.partitions()
                                + ", where Kafka's own partitioner puts it, but got it on " + input.partition());
            }
            return forward(taskId, reading);
        }

        private Void forward(String taskId, Reading reading) {
            Optional<String> refusal = oversized.refusal(taskId, input, offset);
            if (refusal.isPresent()) {
                return deadLetter(DeadLetterCategory.TOO_LARGE, refusal.get());
            }
            context()
                    .forward(
                            new Record<>(taskId, reading, read.timestamp(), TraceHeaders.of(read.headers())),
                            TopologyNames.RATCHET);
            return null;
        }

        private Void deadLetter(DeadLetterCategory category, String error) {
            counters.count(category);
            Origin origin = new Origin(input.topic(), input.partition(), offset);
            long now = context().currentSystemTimeMs();
            log.deadLetter(category.name(), origin, error, now);
            context().forward(inputs.deadLetters().of(read, origin, category, error, now), TopologyNames.DEAD_LETTERS);
            return null;
        }
    }

    /** Origin of a record: Kafka Streams no longer knows it once the record has waited. */
    private record Origin(String topic, int partition, long offset) implements RecordMetadata {}
}
