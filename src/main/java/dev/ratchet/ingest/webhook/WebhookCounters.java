package dev.ratchet.ingest.webhook;

import dev.ratchet.log.LogThrottle;
import dev.ratchet.metrics.EnumCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests by outcome, and logs refusals: at most one line a minute, with their
 * number. Thread-safe.
 */
public class WebhookCounters {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookCounters.class);

    private final Map<WebhookOutcome, Counter> requests;
    private final Counter withoutPayload;
    private final LogThrottle refusals = new LogThrottle();

    public WebhookCounters(MeterRegistry registry) {
        requests = EnumCounters.register(
                registry,
                "ratchet.webhook.requests",
                "Requests of Conductor's webhook",
                WebhookOutcome.class,
                "outcome");
        withoutPayload = EnumCounters.register(
                registry,
                "ratchet.webhook.outputs.dropped",
                "Events stored without the task's output, which made them too large for Kafka");
    }

    void count(NotificationResult result) {
        Objects.requireNonNull(requests.get(result.outcome())).increment();
        if (result.outcome().isRefusal()) {
            logRefusal(result, System.currentTimeMillis());
        }
    }

    void countWithoutPayload() {
        withoutPayload.increment();
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
