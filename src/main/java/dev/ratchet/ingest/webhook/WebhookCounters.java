package dev.ratchet.ingest.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what became of every request since the start of the process. For all threads of the server. */
public final class WebhookCounters {
    private final Map<WebhookOutcome, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder withoutPayload = new LongAdder();

    void count(WebhookOutcome outcome) {
        requests.computeIfAbsent(outcome, none -> new LongAdder()).increment();
    }

    void countWithoutPayload() {
        withoutPayload.increment();
    }

    /** Requests that came to this. */
    public long requests(WebhookOutcome outcome) {
        return requests.getOrDefault(outcome, new LongAdder()).sum();
    }

    /** Events that were stored without the task's output, as with it they were larger than Kafka takes. */
    public long withoutPayload() {
        return withoutPayload.sum();
    }
}
