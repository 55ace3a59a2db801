package dev.ratchet.real;

import dev.ratchet.real.StoryWait.CutShortException;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A story that was run.
 *
 * @param correlationId what its tasks have in common, those of sub-workflows too
 * @param failure why a step could not be taken
 */
record StoryRun(Story story, String correlationId, String workflowId, Optional<RuntimeException> failure) {
    /** {@return why it did not reach its last step, though Conductor did nothing that it was not asked for} */
    Stream<String> faults() {
        return failure.filter(cause -> !(cause instanceof CutShortException)).map(Throwable::toString).stream();
    }
}
