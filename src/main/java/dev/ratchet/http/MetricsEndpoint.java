package dev.ratchet.http;

import dev.ratchet.http.HttpServer.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** {@code GET /metrics}: all metrics in Prometheus' text format, or as OpenMetrics if the client accepts that. */
public final class MetricsEndpoint implements Routes {
    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
    private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    static final Endpoint ENDPOINT = Endpoint.get(
                    "/metrics",
                    "All metrics in Prometheus' text format, or as OpenMetrics if the client accepts that.",
                    String.class)
            .with(Endpoint.Access.OPEN)
            .withText("text/plain");

    private final PrometheusMeterRegistry metrics;

    public MetricsEndpoint(PrometheusMeterRegistry metrics) {
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        ENDPOINT.addTo(routes, this::scrape);
    }

    private void scrape(Context ctx) {
        String accepted = ctx.header("Accept");
        String format = accepted != null && accepted.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : TEXT;
        ctx.contentType(format).result(metrics.scrape(format));
    }
}
