package dev.ratchet.stream.topology;

import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.deadletter.DeadLetterCategory;
import dev.ratchet.stream.deferred.DeferralSettings;
import dev.ratchet.stream.deferred.DeferredRecord;
import dev.ratchet.stream.deferred.DeferringReader;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.timer.TimerStore;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.TextLimits;
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
 * Reads records as they lie on an input topic: tasks' events and deletions go on to the rule, what cannot be folded goes
 * to the dead letters, what reports nothing is counted. What led to a record that Kafka refused goes to the dead letters too.
 */
final class DecodingProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
    private static final Duration RETRY = Duration.ofMillis(500);

    /** Bytes of a key that are quoted: those of any id. */
    private static final int MOST_SHOWN = 3 * TextLimits.ID;

    private final RecordReader reader;
    private final EventSource source;
    private final String topic;
    private final TopologyInputs inputs;
    private final EventCounters counters;
    private final Optional<DeferralSettings> deferral;

    @SuppressWarnings("NullAway.Init") // by init, before any record
    private OversizedTasks oversized;

    @SuppressWarnings("NullAway.Init") // by init
    private TopicPartition input;

    /** Null where schemas are in no registry. */
    private @Nullable DeferringReader deferring;

    private @Nullable Cancellable retries;

    private AtomicLong position = new AtomicLong();

    /** @param deferral what becomes of records whose schemas the registry does not tell; empty where it has none */
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
            cancel(); // a task that is revived after a failure keeps what was scheduled before
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
        reading.dispatch(
                event -> pass(read, offset, event.event().task().taskId(), event),
                deleted -> pass(read, offset, deleted.taskId(), deleted),
                answer -> pass(read, offset, answer.answer().taskId(), answer),
                existence -> pass(read, offset, existence.taskId(), existence),
                retry -> pass(read, offset, retry.taskId(), retry),
                // The key is the guard's, so the partition may be any: it touches no state, and alerts have the task's
                // id.
                refused -> forward(read, offset, refused.write().task().taskId(), refused),
                nothing -> counters.count(source, OutcomeKind.IGNORED),
                unreadable -> bury(read, offset, DeadLetterCategory.of(unreadable.flaw()), unreadable.error()));
    }

    private void pass(Record<byte[], byte[]> read, long offset, String taskId, Reading reading) {
        byte[] key = read.key();
        if (key == null || !Arrays.equals(key, taskId.getBytes(StandardCharsets.UTF_8))) {
            bury(
                    read,
                    offset,
                    DeadLetterCategory.KEY_MISMATCH,
                    "Expected the key to be the task id '" + taskId + "', but got " + shown(key));
            return;
        }
        int expected = BuiltInPartitioner.partitionForKey(key, inputs.partitions());
        int actual = input.partition();
        if (actual != expected) {
            inputs.partitionCheck().run(); // the record may be where a topic with more partitions has it
            bury(
                    read,
                    offset,
                    DeadLetterCategory.PARTITION_MISMATCH,
                    "Expected key '" + taskId + "' on partition " + expected + " of " + inputs.partitions()
                            + ", where Kafka's own partitioner puts it, but got it on " + actual);
            return;
        }
        forward(read, offset, taskId, reading);
    }

    private static String shown(byte @Nullable [] key) {
        if (key == null) {
            return "none";
        }
        String text = new String(key, 0, Math.min(key.length, MOST_SHOWN), StandardCharsets.UTF_8);
        return key.length <= MOST_SHOWN ? "'" + text + "'" : "'" + text + "…' of " + key.length + " bytes";
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
        context()
                .forward(
                        inputs.deadLetters()
                                .of(read, origin, category, error, context().currentSystemTimeMs()),
                        TopologyNames.DEAD_LETTERS);
    }

    /** Where a record was read, which Kafka Streams does not know any more once it has waited. */
    private record Origin(String topic, int partition, long offset) implements RecordMetadata {}
}
