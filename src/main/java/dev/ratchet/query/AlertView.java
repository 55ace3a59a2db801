package dev.ratchet.query;

import dev.ratchet.http.Meaning;
import dev.ratchet.stream.state.OpenAlert;
import dev.ratchet.v1.AlertKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/** An open alert, as it is shown. */
@Meaning("An open alert: something is wrong now.")
record AlertView(
        @Meaning("What is wrong.") AlertKind kind,

        @Meaning("The task's id. With SOURCE_SILENT: the application id.")
        String taskId,

        @Meaning("The task's type; empty if it is unknown.") String taskType,

        @Meaning("Id of the workflow execution; empty if it is unknown.")
        String workflowId,

        @Meaning("The task's name within its workflow; empty if it is unknown.")
        String referenceTaskName,

        @Meaning("What is wrong, in words; empty if it is unknown.")
        String message,

        @Meaning("When the alert was opened.") Instant openedAt) {

    /** What the order needs is not null: the alert may come from another program. */
    AlertView {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(taskId);
        Objects.requireNonNull(openedAt);
    }

    /** Oldest first. No two alerts are equal in it. */
    static final Comparator<AlertView> ORDER = Comparator.comparing(AlertView::openedAt)
            .thenComparing(AlertView::taskId)
            .thenComparing(AlertView::kind);

    static AlertView of(OpenAlert alert) {
        return new AlertView(
                alert.kind(),
                alert.taskId(),
                alert.taskType(),
                alert.workflowId(),
                alert.referenceName(),
                alert.message(),
                Instant.ofEpochMilli(alert.openedAt()));
    }
}
