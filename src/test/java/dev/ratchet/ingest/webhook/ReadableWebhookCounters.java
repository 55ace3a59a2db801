package dev.ratchet.ingest.webhook;

import dev.ratchet.metrics.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Webhook counters that a test reads. */
public final class ReadableWebhookCounters extends WebhookCounters {
    private final MeterRegistry registry;

    public ReadableWebhookCounters() {
        this(new SimpleMeterRegistry());
    }

    private ReadableWebhookCounters(MeterRegistry registry) {
        super(registry);
        this.registry = registry;
    }

    public long requests(WebhookOutcome outcome) {
        return Meters.count(registry, "ratchet.webhook.requests", "outcome", outcome.name());
    }

    public long withoutPayload() {
        return Meters.count(registry, "ratchet.webhook.outputs.dropped");
    }
}
