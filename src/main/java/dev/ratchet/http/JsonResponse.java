package dev.ratchet.http;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A response with JSON.
 *
 * @param status the HTTP status
 */
public record JsonResponse(int status, String json) {
    private static final int OK = 200;

    public static JsonResponse ok(Object body) {
        return new JsonResponse(OK, Json.text(body));
    }

    public static JsonResponse of(ErrorResponse error) {
        return new JsonResponse(
                error.status(), Json.text(new ErrorBody(error.error().orElse(""))));
    }

    public void writeTo(Context ctx) {
        new ErrorResponse(status, Optional.empty()).writeTo(ctx); // with the headers of the status
        ctx.contentType("application/json").result(json);
    }

    /**
     * Writes the response on a server thread when it is complete. Blocks no thread until then. A failure is answered like
     * one of a handler.
     */
    public static void writeLater(Context ctx, Supplier<CompletableFuture<JsonResponse>> response) {
        ctx.future(() ->
                response.get().thenAcceptAsync(done -> done.writeTo(ctx), ctx.appData(HttpServer.RESPONSE_EXECUTOR)));
    }
}
