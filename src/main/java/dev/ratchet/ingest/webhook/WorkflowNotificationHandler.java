package dev.ratchet.ingest.webhook;

import dev.ratchet.ingest.Reading;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Conductor posts workflow notifications along with task notifications. They are checked, but not stored. */
final class WorkflowNotificationHandler implements NotificationHandler {
    private final InstantSource clock;

    WorkflowNotificationHandler(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletableFuture<NotificationResult> take(byte[] body) {
        Reading reading = new WebhookReader(clock).read(body);
        return reading.accept(new Answering() {
            @Override
            public CompletableFuture<NotificationResult> onEvent(Reading.Event event) {
                return refuse(
                        WebhookOutcome.MALFORMED,
                        "Expected a notification of a workflow, but got one of a task, which belongs to "
                                + WebhookIntake.TASKS);
            }
        });
    }
}
