package dev.ratchet.demo;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.task.OutcomeKind;

/** The number of records with each outcome. */
record Totals(
        long read,
        long changes,
        long corrections,
        long unchanged,
        long rejected,
        long duplicates,
        long ignored,
        long deadLetters) {

    static Totals of(EventCounters counters) {
        long rejected = 0;
        for (OutcomeKind kind : OutcomeKind.values()) {
            rejected += switch (kind) {
                case OUT_OF_ORDER, BACKWARD_TRANSITION, TERMINAL_CONFLICT, STALE_EPOCH, SOURCE_MISMATCH ->
                    counters.events(kind);
                case ACCEPTED, CORRECTION, UNCHANGED, DUPLICATE, IGNORED -> 0;
            };
        }
        long deadLetters = 0;
        for (DeadLetterCategory category : DeadLetterCategory.values()) {
            deadLetters += counters.deadLetters(category);
        }
        return new Totals(
                counters.read(),
                counters.events(OutcomeKind.ACCEPTED) + counters.events(OutcomeKind.CORRECTION),
                counters.events(OutcomeKind.CORRECTION),
                counters.events(OutcomeKind.UNCHANGED),
                rejected,
                counters.events(OutcomeKind.DUPLICATE),
                counters.events(OutcomeKind.IGNORED),
                deadLetters);
    }

    /** The number of records on the rejections topic: duplicates are only counted. */
    long published() {
        return rejected;
    }
}
