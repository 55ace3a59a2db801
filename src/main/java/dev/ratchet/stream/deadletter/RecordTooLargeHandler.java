package dev.ratchet.stream.deadletter;

import dev.ratchet.stream.OversizedTasks;
import dev.ratchet.stream.TopologyNames;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The net below the limits of records. Under exactly-once a refused record fails the transaction, so the stream thread
 * ends whatever is answered here. This notes whose record it was: when the input is read again, it is dead-lettered. The
 * key tells, not the record that was being processed: stores are written at the commit.
 */
public final class RecordTooLargeHandler extends DefaultProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RecordTooLargeHandler.class);

    @SuppressWarnings("NullAway.Init") // by configure, before any record
    private OversizedTasks tasks;

    /** For Kafka Streams. */
    public RecordTooLargeHandler() {}

    @Override
    public void configure(Map<String, ?> configs) {
        super.configure(configs);
        tasks = OversizedTasks.in(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        if (isTooLarge(failure) && hasTaskAsKey(record)) {
            note(context, record, failure);
        }
        return super.handleError(context, record, failure);
    }

    private void note(ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        String taskId = new String(record.key(), StandardCharsets.UTF_8);
        int bytes = record.value() == null ? 0 : record.value().length;
        tasks.add(
                taskId,
                context.taskId().partition(),
                "Expected what follows from this record to fit into " + record.topic() + ", but Kafka refused " + bytes
                        + " bytes: " + failure.getMessage());
        LOG.error(
                "Kafka refused a record as too large, so the transaction is aborted and the thread replaced. The input"
                        + " that led to it is dead-lettered (TOO_LARGE) when it is read again. Raise max.message.bytes of"
                        + " the topic, or kafka.max.request.size. task={} topic={} bytes={} cause={}",
                taskId,
                record.topic(),
                bytes,
                failure.toString());
    }

    private static boolean isTooLarge(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException;
    }

    /** All have, but dead letters, which have any key, and timers, of which one record holds many tasks. */
    private static boolean hasTaskAsKey(ProducerRecord<byte[], byte[]> record) {
        return record.key() != null && !record.topic().endsWith(TopologyNames.storeChangelog("", TopologyNames.TIMERS));
    }
}
