package dev.ratchet.state;

import dev.ratchet.task.TextLimits;

/**
 * What the store holds of an open alert, beside its key. Texts longer than {@link TextLimits#NAME} are cut.
 *
 * @param openedAt when the alert was opened, epoch ms
 * @param taskType empty if it is unknown
 * @param workflowId empty if it is unknown
 * @param referenceName the task's name within its workflow; empty if it is unknown
 * @param message text for people; cut to {@link TextLimits#MESSAGE}
 */
public record OpenAlertDetails(
        long openedAt, String taskType, String workflowId, String referenceName, String message) {
    static final StateFormat FORMAT = new StateFormat("an open alert", 1, 1);

    public OpenAlertDetails {
        taskType = TextLimits.cut(taskType, TextLimits.NAME);
        workflowId = TextLimits.cut(workflowId, TextLimits.NAME);
        referenceName = TextLimits.cut(referenceName, TextLimits.NAME);
        message = TextLimits.cut(message, TextLimits.MESSAGE);
    }

    public byte[] toBytes() {
        return new VarintWriter()
                .number(openedAt)
                .text(taskType)
                .id(workflowId)
                .text(referenceName)
                .text(message)
                .take(FORMAT);
    }

    /**
     * Decodes them.
     *
     * @throws UnreadableStateException if the format is unknown, or the bytes are damaged
     */
    public static OpenAlertDetails of(byte[] bytes) {
        return VarintReader.readAll(
                bytes, FORMAT, in -> new OpenAlertDetails(in.number(), in.text(), in.id(), in.text(), in.text()));
    }
}
