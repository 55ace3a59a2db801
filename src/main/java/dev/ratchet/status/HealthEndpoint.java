package dev.ratchet.status;

import dev.ratchet.http.Endpoint;
import dev.ratchet.http.Endpoint.Access;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.Json;
import dev.ratchet.http.JsonResponse;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/**
 * {@code GET /health/live} and {@code GET /health/ready}: 200, or 503 if a check fails, with all checks as JSON. For probes,
 * so without a token.
 */
public final class HealthEndpoint implements Routes {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    static final Endpoint LIVE = Endpoint.get(
                    "/health/live",
                    "Liveness: 503, with the same body, if a restart would help. Never because Kafka, the registry"
                            + " or Conductor is away.",
                    HealthView.class)
            .with(Access.OPEN);
    static final Endpoint READY = Endpoint.get(
                    "/health/ready",
                    "Readiness: 503, with the same body, while the stream starts or restores.",
                    HealthView.class)
            .with(Access.OPEN);

    private final InstanceParts parts;

    public HealthEndpoint(InstanceParts parts) {
        this.parts = parts;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        LIVE.addTo(routes, ctx -> write(ctx, Liveness.check(parts)));
        READY.addTo(routes, ctx -> write(ctx, Readiness.check(parts)));
    }

    private static void write(Context ctx, List<HealthCheck> checks) {
        HealthView result = HealthView.of(checks);
        ctx.header("Cache-Control", "no-store");
        new JsonResponse(result.status() == HealthView.Status.UP ? OK : UNAVAILABLE, Json.text(result)).writeTo(ctx);
    }
}
