package dev.ratchet.stream.topology;

import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.stream.EventLog;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.deadletter.DeadLetterCategory;
import dev.ratchet.stream.deferred.DeferralSettings;
import dev.ratchet.stream.deferred.DeferredRecord;
import dev.ratchet.stream.deferred.DeferringReader;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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

    /** Null if the input uses no registry. */
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
                    scheduled -> patient.retry(context.currentSystemTimeMs(), this::deferred));
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
        long now = context().currentSystemTimeMs();
        Reading reading = deferring == null ? reader.read(read.value()) : deferring.read(read, offset, now);
        if (reading != null) {
            handle(read, offset, reading);
        }
    }

    private void deferred(DeferredRecord record, Reading reading) {
        handle(record.read(), record.offset(), reading);
    }

    private void handle(Record<byte[], byte[]> read, long offset, Reading reading) {
        reading.accept(new Dispatch(read, offset));
    }

    /** Where each kind of reading goes. */
    private final class Dispatch implements Reading.Visitor<Void> {
        private final Record<byte[], byte[]> read;
        private final long offset;

        private Dispatch(Record<byte[], byte[]> read, long offset) {
            this.read = read;
            this.offset = offset;
        }

        @Override
        public Void onEvent(Reading.Event event) {
            return passOn(event.event().task().taskId(), event);
        }

        @Override
        public Void onDeleted(Reading.Deleted deleted) {
            return passOn(deleted.taskId(), deleted);
        }

        @Override
        public Void onAnswer(Reading.Answer answer) {
            return passOn(answer.answer().taskId(), answer);
        }

        @Override
        public Void onExistence(Reading.Existence existence) {
            return passOn(existence.taskId(), existence);
        }

        @Override
        public Void onRetry(Reading.Retry retry) {
            return passOn(retry.taskId(), retry);
        }

        @Override
        public Void onRequestedAudit(Reading.RequestedAudit audit) {
            forward(read, offset, "", audit); // about the partition, so there is no key to check
            return null;
        }

        @Override
        public Void onRefused(Reading.Refused refused) {
            // The key is the guard's, so the partition may be any: the record touches no state, and alerts have the
            // task's id.
            forward(read, offset, refused.write().task().taskId(), refused);
            return null;
        }

        @Override
        public Void onNothing(Reading.Nothing nothing) {
            counters.count(source, OutcomeKind.IGNORED);
            return null;
        }

        @Override
        public Void onUnreadable(Reading.Unreadable unreadable) {
            bury(read, offset, DeadLetterCategory.of(unreadable.flaw()), unreadable.error());
            return null;
        }

        private Void passOn(String taskId, Reading reading) {
            pass(read, offset, taskId, reading);
            return null;
        }
    }

    private void pass(Record<byte[], byte[]> read, long offset, String taskId, Reading reading) {
        Optional<KeyCheck.Misplaced> misplaced = KeyCheck.misplaced(read.key(), taskId, input, inputs.partitions());
        if (misplaced.isEmpty()) {
            forward(read, offset, taskId, reading);
            return;
        }
        DeadLetterCategory category = misplaced.get().category();
        if (category == DeadLetterCategory.PARTITION_MISMATCH) {
            inputs.partitionCheck().run(); // partitions may have been added to the topic
        }
        bury(read, offset, category, misplaced.get().error());
    }

    private void forward(Record<byte[], byte[]> read, long offset, String taskId, Reading reading) {
        Optional<String> refusal = oversized.refusal(taskId, input, offset);
        if (refusal.isPresent()) {
            bury(read, offset, DeadLetterCategory.TOO_LARGE, refusal.get());
        } else {
            context().forward(new Record<>(taskId, reading, read.timestamp()), TopologyNames.RATCHET);
        }
    }

    private void bury(Record<byte[], byte[]> read, long offset, DeadLetterCategory category, String error) {
        counters.count(category);
        Origin origin = new Origin(input.topic(), input.partition(), offset);
        long now = context().currentSystemTimeMs();
        log.deadLetter(category.name(), origin, error, now);
        context().forward(inputs.deadLetters().of(read, origin, category, error, now), TopologyNames.DEAD_LETTERS);
    }

    /** Origin of a record: Kafka Streams no longer knows it once the record has waited. */
    private record Origin(String topic, int partition, long offset) implements RecordMetadata {}
}
