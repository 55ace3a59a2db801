package dev.ratchet.task;

/**
 * A refusal: which event, why, and against what.
 *
 * @param event what was refused
 * @param reason why
 * @param state the task after it, i.e. what stands and what was heard
 */
public record Rejection(StatusEvent event, RejectionReason reason, TaskState state) {

    /**
     * Whether this is the source losing an end: the task had ended, and what the source holds now, by this very event, says
     * that it has not. The same condition opens LOST_UPDATE.
     */
    public boolean isLostUpdate() {
        return switch (reason) {
            case BACKWARD_TRANSITION, STALE_EPOCH ->
                state.diverges() && state.lastReported().observation().equals(event.observation());
            case DUPLICATE, OUT_OF_ORDER, TERMINAL_CONFLICT, SOURCE_MISMATCH -> false;
        };
    }

    /** The refusal in words, in the mould "Expected …, but …". */
    public String message() {
        Observation current = state.current();
        String what = event.status() + " at sequence " + event.sequence();
        return switch (reason) {
            case DUPLICATE -> "Expected each report once, but " + what + " was heard before";
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
