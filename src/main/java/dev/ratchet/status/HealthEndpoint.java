package dev.ratchet.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.http.HttpServer.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/**
 * {@code GET /health/live} and {@code GET /health/ready}: 200, or 503 if a check fails, with all checks as JSON. For probes,
 * so without a token.
 */
public final class HealthEndpoint implements Routes {
    private static final int UNAVAILABLE = 503;

    private final InstanceParts parts;

    public HealthEndpoint(InstanceParts parts) {
        this.parts = parts;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/health/live", ctx -> write(ctx, Liveness.check(parts)));
        routes.get("/health/ready", ctx -> write(ctx, Readiness.check(parts)));
    }

    private static void write(Context ctx, List<HealthCheck> checks) {
        boolean isUp = checks.stream().allMatch(HealthCheck::up);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("status", status(isUp));
        ArrayNode all = body.putArray("checks");
        checks.forEach(check -> all.addObject()
                .put("name", check.name())
                .put("status", status(check.up()))
                .put("detail", check.detail()));
        ctx.status(isUp ? 200 : UNAVAILABLE)
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(body.toString());
    }

    private static String status(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }
}
