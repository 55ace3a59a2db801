package dev.ratchet.task;

/**
 * A rejected event, with the reason and the state.
 *
 * @param event the rejected event
 * @param reason why
 * @param state the task after the event: its current and its last reported status
 */
public record Rejection(StatusEvent event, RejectionReason reason, TaskState state) {

    /**
     * Whether the source lost an end by this event: the task had ended, and the last reported status, from this event,
     * is not terminal. The same condition opens LOST_UPDATE.
     */
    public boolean isLostUpdate() {
        return switch (reason) {
            case BACKWARD_TRANSITION, STALE_EPOCH ->
                state.diverges() && state.lastReported().observation().equals(event.observation());
            case DUPLICATE, OUT_OF_ORDER, TERMINAL_CONFLICT, SOURCE_MISMATCH -> false;
        };
    }

    /** The reason as text: "Expected …, but …". */
    public String message() {
        Observation current = state.current();
        String what = event.status() + " at sequence " + event.sequence();
        return switch (reason) {
            case DUPLICATE -> "Expected each report once, but " + what + " was reported before";
            case OUT_OF_ORDER ->
                "Expected something later than sequence "
                        + state.history().latest().sequence() + ", but got " + what;
            case BACKWARD_TRANSITION -> "Expected " + successors(current.status()) + ", but got " + what;
            case TERMINAL_CONFLICT -> "Expected the task to stay " + current.status() + ", but got " + what;
            case STALE_EPOCH ->
                "Expected epoch " + state.epoch().number() + " of the task, but " + what + " belongs to an earlier one";
            case SOURCE_MISMATCH ->
                "Expected events of the source that owns the task, but " + what + " comes from " + event.source();
        };
    }

    private String successors(TaskStatus current) {
        var successors = TransitionTable.of(state.task().taskType()).successors(current);
        return successors.isEmpty() ? "nothing to follow " + current : "one of " + successors + " to follow " + current;
    }
}
