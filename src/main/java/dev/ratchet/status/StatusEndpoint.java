package dev.ratchet.status;

import dev.ratchet.config.Settings;
import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.RequestAuthenticator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;

/** {@code GET /api/v1/status}: what this instance does now, as JSON. Needs the token if one is configured. */
public final class StatusEndpoint implements Routes {
    private final RequestAuthenticator access;
    private final StatusJson status;

    /** @param version of Ratchet */
    public StatusEndpoint(Settings settings, String version, InstanceParts parts) {
        this.access = new RequestAuthenticator(settings.http());
        this.status = new StatusJson(version, settings, parts);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/api/v1/status", this::answer);
    }

    private void answer(Context ctx) {
        Optional<ErrorResponse> denied = access.checkReading(ctx);
        if (denied.isPresent()) {
            denied.get().writeTo(ctx);
            return;
        }
        ctx.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(status.create().toPrettyString());
    }
}
