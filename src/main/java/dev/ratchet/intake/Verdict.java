package dev.ratchet.intake;

import dev.ratchet.http.Answer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What became of one request.
 *
 * @param reason of a refusal: "Expected …, but got …"; empty else
 */
record Verdict(IntakeOutcome outcome, Optional<String> reason) {
    static final Verdict ACCEPTED = new Verdict(IntakeOutcome.ACCEPTED, Optional.empty());
    static final Verdict WORKFLOW = new Verdict(IntakeOutcome.WORKFLOW, Optional.empty());

    static Verdict refused(IntakeOutcome outcome, String reason) {
        return new Verdict(outcome, Optional.of(reason));
    }

    CompletableFuture<Verdict> now() {
        return CompletableFuture.completedFuture(this);
    }

    Answer answer() {
        return new Answer(outcome.status(), reason);
    }
}
