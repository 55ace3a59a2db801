package dev.ratchet.stream.state;

import dev.ratchet.v1.AlertKind;

/**
 * An alert that was opened and is not resolved.
 *
 * @param kind what is wrong; {@link AlertKind#UNKNOWN} if a later version added it
 * @param taskId the application id for {@link AlertKind#SOURCE_SILENT}
 * @param taskType empty if it is unknown
 * @param workflowId empty if it is unknown
 * @param referenceName the task's name within its workflow; empty if it is unknown
 * @param message text for people; empty if it is unknown
 * @param openedAt when the alert was opened, epoch ms; for an alert from before Ratchet kept this index, the time of the
 *     task's last event
 */
public record OpenAlert(
        AlertKind kind,
        String taskId,
        String taskType,
        String workflowId,
        String referenceName,
        String message,
        long openedAt) {}
