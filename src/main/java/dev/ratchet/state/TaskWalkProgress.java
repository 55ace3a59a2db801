package dev.ratchet.state;

/**
 * How far a walk through all tasks of a partition is.
 *
 * @param requestId of the last request
 * @param endedToo also tasks that have ended
 * @param running whether tasks are left
 * @param issued number of records that were issued so far
 * @param lastTaskId the last task that is done, in the order of the store; empty before the first
 */
public record TaskWalkProgress(String requestId, boolean endedToo, boolean running, long issued, String lastTaskId) {
    private static final StateFormat FORMAT = new StateFormat("the progress of a walk through all tasks", 1, 1);

    /** Before any request. */
    public static final TaskWalkProgress NONE = new TaskWalkProgress("", false, false, 0, "");

    public static TaskWalkProgress begin(String requestId, boolean endedToo) {
        return new TaskWalkProgress(requestId, endedToo, true, 0, "");
    }

    /** A task is done; {@code wasIssued} says whether a record was issued for it. */
    public TaskWalkProgress after(String taskId, boolean wasIssued) {
        return new TaskWalkProgress(requestId, endedToo, running, wasIssued ? issued + 1 : issued, taskId);
    }

    public TaskWalkProgress end() {
        return new TaskWalkProgress(requestId, endedToo, false, issued, "");
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
    public static TaskWalkProgress of(byte[] bytes) {
        return VarintReader.readAll(
                bytes,
                FORMAT,
                in -> new TaskWalkProgress(in.id(), in.number() == 1, in.number() == 1, in.number(), in.id()));
    }
}
