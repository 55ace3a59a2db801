package dev.ratchet.demo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

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

    static Totals of(MeterRegistry metrics) {
        long accepted = events(metrics, "ACCEPTED");
        long corrections = events(metrics, "CORRECTION");
        long unchanged = events(metrics, "UNCHANGED");
        long duplicates = events(metrics, "DUPLICATE");
        long ignored = events(metrics, "IGNORED");
        long events = count(metrics, "ratchet.events");
        long deadLetters = count(metrics, "ratchet.dead.letters");
        return new Totals(
                events
                        + deadLetters
                        + count(metrics, "ratchet.repair.results")
                        + count(metrics, "ratchet.guard.refused.writes"),
                accepted + corrections,
                corrections,
                unchanged,
                events - accepted - corrections - unchanged - duplicates - ignored,
                duplicates,
                ignored,
                deadLetters);
    }

    private static long events(MeterRegistry metrics, String outcome) {
        return count(metrics, "ratchet.events", "outcome", outcome);
    }

    private static long count(MeterRegistry metrics, String name, String... tags) {
        return (long) metrics.find(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** The number of records on the rejections topic: duplicates are only counted. */
    long published() {
        return rejected;
    }
}
