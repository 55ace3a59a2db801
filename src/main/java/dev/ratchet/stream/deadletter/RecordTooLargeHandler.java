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
 * Notes the task of a record that Kafka rejects as too large. With exactly-once the transaction fails and the stream
 * thread ends, whatever this handler returns. When the input is read again, it is dead-lettered. The record's key
 * identifies the task, not the record being processed: stores are written at the commit.
 */
public final class RecordTooLargeHandler extends DefaultProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(RecordTooLargeHandler.class);

    @SuppressWarnings("NullAway.Init") // by configure, before any record
    private OversizedTasks tasks;

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
                "Expected the result of this record to fit into " + record.topic() + ", but Kafka rejected " + bytes
                        + " bytes: " + failure.getMessage());
        LOG.error(
                "RATCHET-1101 Kafka rejected a record as too large, so the transaction is aborted and the"
                        + " thread is replaced. The input record is dead-lettered (TOO_LARGE) when it is read"
                        + " again. Raise max.message.bytes of the topic, or kafka.max.request.size. task={}"
                        + " topic={} bytes={} cause={}",
                taskId,
                record.topic(),
                bytes,
                failure.toString());
    }

    private static boolean isTooLarge(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException;
    }

    /** Dead letters may have any key, and a record of timers holds many tasks; all others have the task id as key. */
    private static boolean hasTaskAsKey(ProducerRecord<byte[], byte[]> record) {
        return record.key() != null && !record.topic().endsWith(TopologyNames.storeChangelog("", TopologyNames.TIMERS));
    }
}
