package dev.ratchet.query;

import dev.ratchet.http.Meaning;
import dev.ratchet.task.Alert;
import dev.ratchet.task.EpochDecision;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.OutcomeKind;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.ReportedStatus.ReportKind;
import dev.ratchet.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task, as it is shown. */
@Meaning("What Ratchet knows of a task.")
record TaskView(
        @Meaning("Conductor's task id.") String taskId,

        @Meaning("Id of the workflow execution; empty if the source did not say.")
        String workflowId,

        @Meaning("Name of the workflow definition; empty if the source did not say.")
        String workflowType,

        @Meaning("Type of a system task, or the name of a worker task; empty if the source did not say.")
        String taskType,

        @Meaning("Name of the task within its workflow; empty if the source did not say.")
        String referenceTaskName,

        @Meaning("The source that owns the task. AUDIT: only Conductor's answers so far.")
        EventSource source,

        @Meaning("The current status, and the report at which it took over.")
        Report current,

        @Meaning("What the source holds, as far as is known.")
        LastReported lastReported,

        @Meaning("The current epoch: one life of the task, until it is rerun or retried in place.")
        Epoch epoch,

        @Meaning("The statuses reported in this epoch.") List<Observations> observations,

        @Meaning("Number of changes published, in all epochs.")
        long revision,

        @Meaning("The change that was published last.") Published lastPublished,

        @Meaning("The last events that changed the state, at most 8, oldest first.")
        List<Event> timeline,

        @Meaning("What is wrong with the task now.") List<OpenAlert> alerts,
        @Meaning("Number of lost updates, in all epochs.") int lostUpdates,
        @Meaning("The repair of its lost update.") Repair repair,

        @Meaning("When Ratchet acts next. Null: not at all.")
        Deadlines deadlines,

        @Meaning("The answer to 'atLeast'; null without it.") @Nullable
        Receipt receipt) {

    @Meaning("A report of a status.")
    record Report(
            @Meaning("The status.") TaskStatus status,

            @Meaning("Its place in the order of the source.")
            long sequence,

            @Meaning("The event time.") Instant occurredAt) {}

    @Meaning("The status that the source holds.")
    record LastReported(
            @Meaning("The status.") TaskStatus status,

            @Meaning("Its place in the order of the source.")
            long sequence,

            @Meaning("The event time.") Instant occurredAt,

            @Meaning("How this is known. DELETED: the source has deleted the task since.")
            ReportKind kind) {}

    @Meaning("An epoch.")
    record Epoch(
            @Meaning("From 1, or as the producer states it.")
            int number,

            @Meaning("Why it began.") EpochDecision decision,
            @Meaning("The same in words.") String reason,

            @Meaning("The scheduledTime of its records in Conductor; null if unknown.") @Nullable
            Instant scheduledTime,

            @Meaning("The retryCount of its records in Conductor; null if unknown.") @Nullable
            Integer retryCount) {}

    @Meaning("The first and the last report of one status.")
    record Observations(
            @Meaning("The status.") TaskStatus status,
            @Meaning("Sequence of the first report.") long firstSequence,
            @Meaning("Event time of the first report.") Instant firstOccurredAt,
            @Meaning("Sequence of the last report.") long lastSequence,
            @Meaning("Event time of the last report.") Instant lastOccurredAt) {}

    @Meaning("A change in the changelog.")
    record Published(
            @Meaning("The published status; null if nothing was published.") @Nullable
            TaskStatus status,

            @Meaning("The sequence in it; null if nothing was published.") @Nullable
            Long sequence,

            @Meaning("The record's timestamp; null if nothing was published.") @Nullable
            Instant timestamp) {}

    @Meaning("An event, and what became of it.")
    record Event(
            @Meaning("What became of it.") OutcomeKind outcome,
            @Meaning("The same in words.") String reason,
            @Meaning("The reported status.") TaskStatus status,

            @Meaning("Its place in the order of the source.")
            long sequence,

            @Meaning("The event time.") Instant occurredAt) {}

    @Meaning("An open alert.")
    record OpenAlert(
            @Meaning("What is wrong.") Alert.Kind kind,
            @Meaning("The same in words.") String message) {}

    @Meaning("The state of a repair.")
    record Repair(
            @Meaning("Result of the last command. NONE: there was none.")
            RepairState.Result result,

            @Meaning("Commands issued for this lost update.")
            int attempt,

            @Meaning("Commands issued in this epoch, without dry runs.")
            int issued,

            @Meaning("Sequence of the lost update; null without a command.") @Nullable
            Long lastReportedSequence) {}

    @Meaning("Times at which Ratchet acts on the task.")
    record Deadlines(
            @Meaning("Timestamp of the last record that changed the task.")
            Instant lastEventAt,

            @Meaning("When it is checked next; may be earlier than what is due.") @Nullable
            Instant nextCheckAt,

            @Meaning("When its lost update is repaired.") @Nullable
            Instant repairAt,

            @Meaning("When its captured output is deleted.") @Nullable
            Instant dropOutputAt,

            @Meaning("When Conductor is asked about it.") @Nullable
            Instant nextAuditAt,

            @Meaning("How often in a row Conductor said that there is no such task.")
            int notFoundCount) {}

    @Meaning("Whether the current status is the one asked for, or beyond it.")
    record Receipt(
            @Meaning("The status asked for.") TaskStatus atLeast,
            @Meaning("Whether it is reached.") boolean reached,

            @Meaning(
                    "Whether the answer stays the same unless the task is reopened, so that asking again is of no use.")
            boolean definite,

            @Meaning("The same in words.") String message) {}
}
