package dev.ratchet.intake;

import dev.ratchet.source.Reading;
import dev.ratchet.source.WebhookReader;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;

/** Conductor posts notifications of workflows wherever it does those of tasks. They are looked at, and not stored. */
final class WorkflowDesk implements Desk {
    private final InstantSource clock;

    WorkflowDesk(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Verdict> take(byte[] body) {
        Reading reading = new WebhookReader(clock).read(body);
        if (reading.equals(WebhookReader.WORKFLOW)) {
            return Verdict.WORKFLOW.now();
        }
        if (reading instanceof Reading.Event) {
            return Verdict.refused(
                            IntakeOutcome.MALFORMED,
                            "Expected a notification of a workflow, but got one of a task, which belongs to "
                                    + Intake.TASKS)
                    .now();
        }
        return TaskDesk.refused(reading).now();
    }
}
