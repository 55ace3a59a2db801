package dev.ratchet.ingest.webhook;

import dev.ratchet.log.LogThrottle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests by outcome since the start of the process, and logs refusals: at most one line a minute, with their
 * number. Thread-safe.
 */
public final class WebhookCounters {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookCounters.class);

    private final Map<WebhookOutcome, LongAdder> requests = new ConcurrentHashMap<>();
    private final LongAdder withoutPayload = new LongAdder();
    private final LogThrottle refusals = new LogThrottle();

    void count(NotificationResult result) {
        requests.computeIfAbsent(result.outcome(), none -> new LongAdder()).increment();
        if (result.outcome().isRefusal()) {
            logRefusal(result, System.currentTimeMillis());
        }
    }

    void countWithoutPayload() {
        withoutPayload.increment();
    }

    public long requests(WebhookOutcome outcome) {
        return requests.getOrDefault(outcome, new LongAdder()).sum();
    }

    /** Number of events that were stored without the task's output, because it made them too large for Kafka. */
    public long withoutPayload() {
        return withoutPayload.sum();
    }

    synchronized void logRefusal(NotificationResult refused, long now) {
        int count = refusals.add(now);
        if (count > 0) {
            LOG.warn(
                    "RATCHET-4104 Refused a notification, {}{}: {}",
                    refused.outcome(),
                    count == 1 ? "" : " (and " + (count - 1) + " others since the last such line)",
                    // The reason quotes the request, which must not be able to forge log lines
                    refused.reason().orElse("").replaceAll("\\p{Cntrl}", "?"));
        }
    }
}
