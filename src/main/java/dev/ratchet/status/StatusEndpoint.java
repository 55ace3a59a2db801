package dev.ratchet.status;

import dev.ratchet.config.Settings;
import dev.ratchet.http.Endpoint;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.JsonResponse;
import dev.ratchet.http.RequestAuthenticator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** {@code GET /api/v1/status}: what this instance does now, as JSON. Needs the token if one is configured. */
public final class StatusEndpoint implements Routes {
    static final Endpoint ENDPOINT = Endpoint.get("/api/v1/status", "What this instance does now.", StatusView.class);

    private final Settings settings;
    private final String version;
    private final InstanceParts parts;

    /** @param version of Ratchet */
    public StatusEndpoint(Settings settings, String version, InstanceParts parts) {
        this.settings = settings;
        this.version = version;
        this.parts = parts;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        ENDPOINT.addTo(routes, new RequestAuthenticator(settings.http()), this::answer);
    }

    private void answer(Context ctx) {
        ctx.header("Cache-Control", "no-store");
        JsonResponse.ok(StatusView.of(version, settings.application().id(), parts))
                .writeTo(ctx);
    }
}
