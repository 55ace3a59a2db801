package dev.ratchet.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A response: the HTTP status and, if the request is rejected, the reason as JSON.
 *
 * @param error "Expected …, but got …"; empty if nothing is wrong
 */
public record ErrorResponse(int status, Optional<String> error) {
    private static final int UNAUTHORIZED = 401;
    private static final int UNAVAILABLE = 503;
    private static final String SECONDS_TO_RETRY = "1";

    public static ErrorResponse refused(int status, String error) {
        return new ErrorResponse(status, Optional.of(error));
    }

    public void writeTo(Context ctx) {
        ctx.status(status);
        if (status == UNAUTHORIZED) {
            ctx.header("WWW-Authenticate", "Bearer");
        }
        if (status == UNAVAILABLE) {
            ctx.header("Retry-After", SECONDS_TO_RETRY);
        }
        error.ifPresent(text -> ctx.contentType("application/json")
                .result(JsonNodeFactory.instance.objectNode().put("error", text).toString()));
    }

    /**
     * Writes the response on a server thread when it is complete. Blocks no thread until then.
     *
     * @param answer called once, when the request can be read without blocking
     */
    public static void writeLater(Context ctx, Supplier<CompletableFuture<ErrorResponse>> answer) {
        ctx.future(
                () -> answer.get().thenAcceptAsync(it -> it.writeTo(ctx), ctx.appData(HttpServer.RESPONSE_EXECUTOR)));
    }
}
