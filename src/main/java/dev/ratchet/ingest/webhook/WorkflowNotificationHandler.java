package dev.ratchet.ingest.webhook;

import dev.ratchet.ingest.Reading;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Conductor posts notifications of workflows wherever it does those of tasks. They are looked at, and not stored. */
final class WorkflowNotificationHandler implements NotificationHandler {
    private final InstantSource clock;

    WorkflowNotificationHandler(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletableFuture<NotificationResult> take(byte[] body) {
        Reading reading = new WebhookReader(clock).read(body);
        if (reading.equals(WebhookReader.WORKFLOW)) {
            return NotificationResult.WORKFLOW.now();
        }
        if (reading instanceof Reading.Event) {
            return NotificationResult.refused(
                            WebhookOutcome.MALFORMED,
                            "Expected a notification of a workflow, but got one of a task, which belongs to "
                                    + WebhookIntake.TASKS)
                    .now();
        }
        return TaskNotificationHandler.refused(reading).now();
    }
}
