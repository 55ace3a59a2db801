package dev.ratchet.stream;

import dev.ratchet.source.Reading;
import dev.ratchet.source.RecordReader;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.Source;
import dev.ratchet.task.TextLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Reads records as they lie on an input topic: tasks' events and deletions go on to the rule, what cannot be folded goes
 * to the dead letters, what reports nothing is counted. What led to a record that Kafka refused goes to the dead letters too.
 */
final class ReadProcessor extends ContextualProcessor<byte[], byte[], Object, Object> {
    /** Bytes of a key that are quoted: those of any id. */
    private static final int MOST_SHOWN = 3 * TextLimits.ID;

    private final RecordReader reader;
    private final Source source;
    private final Inputs inputs;
    private final Tally tally;

    @SuppressWarnings("NullAway.Init") // by init, before any record
    private OversizedTasks oversized;

    @SuppressWarnings("NullAway.Init") // by the first record
    private TopicPartition input;

    private AtomicLong position = new AtomicLong();

    ReadProcessor(RecordReader reader, Source source, Inputs inputs, Shared shared) {
        this.reader = reader;
        this.source = source;
        this.inputs = inputs;
        this.tally = shared.tally();
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        super.init(context);
        oversized = OversizedTasks.in(context.appConfigs());
    }

    @Override
    public void process(Record<byte[], byte[]> read) {
        advance(metadata());
        Reading reading = reader.read(read.value());
        if (reading instanceof Reading.Event event) {
            pass(read, event.event().task().taskId(), reading);
        } else if (reading instanceof Reading.Deleted deleted) {
            pass(read, deleted.taskId(), reading);
        } else if (reading instanceof Reading.Answer answer) {
            pass(read, answer.answer().taskId(), reading);
        } else if (reading instanceof Reading.Existence existence) {
            pass(read, existence.taskId(), reading);
        } else if (reading instanceof Reading.Retry retry) {
            pass(read, retry.taskId(), reading);
        } else if (reading instanceof Reading.Refused refused) {
            // Under the guard's key, so on any partition: it is of no state, and alerts go by the task's id.
            forward(read, refused.write().task().taskId(), reading);
        } else if (reading instanceof Reading.Unreadable unreadable) {
            bury(read, DeadLetterCategory.of(unreadable.flaw()), unreadable.error());
        } else {
            tally.count(source, OutcomeKind.IGNORED);
        }
    }

    private void pass(Record<byte[], byte[]> read, String taskId, Reading reading) {
        byte[] key = read.key();
        if (key == null || !Arrays.equals(key, taskId.getBytes(StandardCharsets.UTF_8))) {
            bury(
                    read,
                    DeadLetterCategory.KEY_MISMATCH,
                    "Expected the key to be the task id '" + taskId + "', but got " + shown(key));
            return;
        }
        int expected = BuiltInPartitioner.partitionForKey(key, inputs.partitions());
        int actual = metadata().partition();
        if (actual != expected) {
            inputs.partitionCheck().run(); // the record may be where a topic with more partitions has it
            bury(
                    read,
                    DeadLetterCategory.PARTITION_MISMATCH,
                    "Expected key '" + taskId + "' on partition " + expected + " of " + inputs.partitions()
                            + ", where Kafka's own partitioner puts it, but got it on " + actual);
            return;
        }
        forward(read, taskId, reading);
    }

    private static String shown(byte @Nullable [] key) {
        if (key == null) {
            return "none";
        }
        String text = new String(key, 0, Math.min(key.length, MOST_SHOWN), StandardCharsets.UTF_8);
        return key.length <= MOST_SHOWN ? "'" + text + "'" : "'" + text + "…' of " + key.length + " bytes";
    }

    private void forward(Record<byte[], byte[]> read, String taskId, Reading reading) {
        Optional<String> refusal = oversized.refusal(taskId, input, position.get());
        if (refusal.isPresent()) {
            bury(read, DeadLetterCategory.TOO_LARGE, refusal.get());
        } else {
            context().forward(new Record<>(taskId, reading, read.timestamp()), Nodes.RATCHET);
        }
    }

    /** Which partition of which topic is read is known once there is a record of it. */
    private void advance(RecordMetadata to) {
        if (input == null) {
            input = new TopicPartition(to.topic(), to.partition());
            position = oversized.position(input);
        }
        position.lazySet(to.offset());
    }

    private void bury(Record<byte[], byte[]> read, DeadLetterCategory category, String error) {
        tally.count(category);
        context()
                .forward(
                        inputs.deadLetters()
                                .of(read, metadata(), category, error, context().currentSystemTimeMs()),
                        Nodes.DEAD_LETTERS);
    }

    private RecordMetadata metadata() {
        return context().recordMetadata().orElseThrow();
    }
}
