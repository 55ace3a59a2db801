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
    boolean isCutShort() {
        return failure.filter(CutShortException.class::isInstance).isPresent();
    }

    /** {@return what is wrong with it by itself} */
    Stream<String> faults() {
        return isCutShort() ? Stream.empty() : failure.map(Throwable::toString).stream();
    }
}
