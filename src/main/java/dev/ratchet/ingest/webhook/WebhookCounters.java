package dev.ratchet.ingest.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests by outcome since the start of the process. Thread-safe. */
public final class WebhookCounters {
    private final Map<WebhookOutcome, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder withoutPayload = new LongAdder();

    void count(WebhookOutcome outcome) {
        requests.computeIfAbsent(outcome, none -> new LongAdder()).increment();
    }

    void countWithoutPayload() {
        withoutPayload.increment();
    }

    /** Number of requests with this outcome. */
    public long requests(WebhookOutcome outcome) {
        return requests.getOrDefault(outcome, new LongAdder()).sum();
    }

    /** Number of events that were stored without the task's output, because it made them too large for Kafka. */
    public long withoutPayload() {
        return withoutPayload.sum();
    }
}
