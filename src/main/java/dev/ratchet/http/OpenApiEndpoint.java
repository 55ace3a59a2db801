package dev.ratchet.http;

import dev.ratchet.http.HttpServer.Routes;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /api/v1/openapi.json}: the OpenAPI document of all endpoints. A test generates it from them. */
public final class OpenApiEndpoint implements Routes {
    static final Endpoint ENDPOINT = Endpoint.get("/api/v1/openapi.json", "This document, OpenAPI 3.1.", String.class)
            .with(Endpoint.Access.OPEN)
            .withText("application/json");

    private final byte[] document;

    public OpenApiEndpoint() {
        try (InputStream stream = OpenApiEndpoint.class.getResourceAsStream("openapi.json")) {
            document = Objects.requireNonNull(stream, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void addTo(RoutesConfig routes) {
        ENDPOINT.addTo(routes, ctx -> ctx.contentType(ENDPOINT.mediaType()).result(document));
    }
}
