package dev.ratchet.ingest.webhook;

import dev.ratchet.config.Settings;
import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.RequestAuthenticator;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles the posts of one kind of notification: checks the caller, the size and the limits, then calls the handler. */
final class WebhookEndpoint implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookEndpoint.class);

    private final RequestAuthenticator access;
    private final int maxBytes;
    private final InFlightLimiter limiter;
    private final Function<byte[], CompletableFuture<NotificationResult>> handler;
    private final WebhookCounters counts;

    WebhookEndpoint(
            Settings settings,
            InFlightLimiter limiter,
            Function<byte[], CompletableFuture<NotificationResult>> handler,
            WebhookCounters counts) {
        this.access = new RequestAuthenticator(settings.http());
        this.maxBytes = settings.intake().maxBytes();
        this.limiter = limiter;
        this.handler = handler;
        this.counts = counts;
    }

    @Override
    public void handle(Context ctx) throws IOException {
        ServletInputStream body = ctx.req().getInputStream();
        ErrorResponse.writeLater(
                ctx, () -> result(ctx, body).handle(WebhookEndpoint::orFailure).thenApply(this::toResponse));
    }

    private CompletableFuture<NotificationResult> result(Context ctx, ServletInputStream body) {
        Optional<ErrorResponse> denial = access.check(ctx);
        if (denial.isPresent()) {
            return RequestBody.discard(body, denied(denial.get()));
        }
        long stated = ctx.req().getContentLengthLong();
        if (stated > maxBytes) {
            return RequestBody.discard(body, RequestBody.tooLarge(maxBytes, String.valueOf(stated)));
        }
        return limiter.enter()
                .map(place -> take(body, place))
                .orElseGet(() -> RequestBody.discard(body, RequestBody.busy()));
    }

    private CompletableFuture<NotificationResult> take(ServletInputStream body, InFlightLimiter.Place place) {
        return CompletableFuture.completedFuture(place)
                .thenCompose(entered -> RequestBody.read(body, maxBytes, entered, handler))
                .whenComplete((result, failure) -> place.leave());
    }

    private static NotificationResult denied(ErrorResponse denial) {
        return new NotificationResult(
                denial.status() == WebhookOutcome.UNAUTHORIZED.status()
                        ? WebhookOutcome.UNAUTHORIZED
                        : WebhookOutcome.FORBIDDEN,
                denial.error());
    }

    /** Internal errors get a response too, and are counted. */
    private static NotificationResult orFailure(@Nullable NotificationResult result, @Nullable Throwable failure) {
        if (result != null) {
            return result;
        }
        LOG.error(
                "RATCHET-4103 Failed to handle a notification because of an internal error. The caller got status 500; please"
                        + " report the stack trace",
                failure);
        return NotificationResult.refused(
                WebhookOutcome.FAILED, "Expected to handle the notification, but failed; see RATCHET-4103 in the log");
    }

    private ErrorResponse toResponse(NotificationResult result) {
        counts.count(result);
        return result.answer();
    }
}
