package dev.ratchet.ingest.avro;

import dev.ratchet.avro.RepairRecords;
import dev.ratchet.ingest.FieldChecks;
import dev.ratchet.ingest.PayloadCapturePolicy;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Request.Kind;
import dev.ratchet.ingest.UnreadableException;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.v1.AuditFinding;
import dev.ratchet.v1.RepairResult;
import dev.ratchet.v1.TaskStatusEvent;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads the results topic: results of repairs, Conductor's answers to audits, and requests of the command line. */
public final class RepairResultReader extends AvroReader<RepairResult> {
    private final PayloadCapturePolicy capture;

    public RepairResultReader(Deserializer<RepairResult> deserializer, String topic, PayloadCapturePolicy capture) {
        super(deserializer, topic);
        this.capture = capture;
    }

    @Override
    Reading reading(RepairResult result) throws UnreadableException {
        FieldChecks.checkId("taskId", result.getTaskId());
        return switch (result.getResult()) {
            case RETRY_REQUESTED -> new Reading.Retry(result.getTaskId());
            case AUDIT_REQUESTED -> request(result, Kind.AUDIT_OF_LIVE_TASKS);
            case FULL_AUDIT_REQUESTED -> request(result, Kind.AUDIT_OF_ALL_TASKS);
            case REPUBLISH_REQUESTED -> request(result, Kind.REPUBLICATION);
            case UNKNOWN, REPAIRED, ALREADY_CONSISTENT, NOT_REPAIRABLE, FAILED, DRY_RUN, AUDITED -> answer(result);
        };
    }

    private Reading answer(RepairResult result) throws UnreadableException {
        AuditFinding finding = result.getFinding();
        if (finding == null) {
            return new Reading.Answer(RepairRecords.answer(result));
        }
        TaskStatusEvent record = result.getEvent();
        if (record != null) {
            return audited(result, record);
        }
        if (finding == AuditFinding.UNKNOWN || result.getTaskId().isBlank()) {
            throw UnreadableException.expected(
                    "a finding of an audit that Ratchet knows, about a task",
                    finding + " about '" + result.getTaskId() + "'");
        }
        return new Reading.Existence(
                result.getTaskId(),
                result.getEpoch(),
                result.getHeardSequence(),
                result.getAttempt(),
                finding != AuditFinding.NO_SUCH_TASK);
    }

    private static Reading request(RepairResult request, Kind kind) throws UnreadableException {
        String requestId = request.getCommandId();
        FieldChecks.checkId("commandId", requestId);
        if (requestId.isEmpty()) {
            throw UnreadableException.expected("a request about all tasks to have a commandId", "none");
        }
        return new Reading.Request(requestId, kind);
    }

    private Reading audited(RepairResult result, TaskStatusEvent record) throws UnreadableException {
        StatusEvent event = event(record);
        if (event.source() != EventSource.AUDIT || !event.task().taskId().equals(result.getTaskId())) {
            throw UnreadableException.expected(
                    "an event of source AUDIT about task '" + result.getTaskId() + "'",
                    "one of source " + event.source() + " about '"
                            + event.task().taskId() + "'");
        }
        return new Reading.Event(event, capture.of(event, record));
    }
}
