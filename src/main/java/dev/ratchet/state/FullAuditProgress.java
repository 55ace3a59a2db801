package dev.ratchet.state;

/**
 * How far the audit of all tasks of a partition is.
 *
 * @param requestId of the last request
 * @param endedToo also tasks that have ended
 * @param running whether tasks are left
 * @param issued number of audits so far
 * @param lastTaskId the last task that is done, in the order of the store; empty before the first
 */
public record FullAuditProgress(String requestId, boolean endedToo, boolean running, long issued, String lastTaskId) {
    private static final StateFormat FORMAT = new StateFormat("the progress of an audit", 1, 1);

    /** Before any request. */
    public static final FullAuditProgress NONE = new FullAuditProgress("", false, false, 0, "");

    public static FullAuditProgress begin(String requestId, boolean endedToo) {
        return new FullAuditProgress(requestId, endedToo, true, 0, "");
    }

    /** A task is done; {@code wasIssued} says whether it was audited. */
    public FullAuditProgress after(String taskId, boolean wasIssued) {
        return new FullAuditProgress(requestId, endedToo, running, wasIssued ? issued + 1 : issued, taskId);
    }

    public FullAuditProgress end() {
        return new FullAuditProgress(requestId, endedToo, false, issued, "");
    }

    public byte[] toBytes() {
        return new VarintWriter()
                .id(requestId)
                .number(endedToo ? 1 : 0)
                .number(running ? 1 : 0)
                .number(issued)
                .id(lastTaskId)
                .take(FORMAT);
    }

    /**
     * Decodes it.
     *
     * @throws UnreadableStateException if the format is unknown, or the bytes are damaged
     */
    public static FullAuditProgress of(byte[] bytes) {
        return VarintReader.readAll(
                bytes,
                FORMAT,
                in -> new FullAuditProgress(in.id(), in.number() == 1, in.number() == 1, in.number(), in.id()));
    }
}
