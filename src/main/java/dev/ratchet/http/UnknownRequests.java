package dev.ratchet.http;

import dev.ratchet.log.LogThrottle;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that no endpoint handles, and logs them: one line a minute for those below {@code /conductor}, one for all
 * others. Conductor drops a notification that is answered with 404 or 405, so a wrong URL there loses all of them. Thread-safe.
 */
final class UnknownRequests {
    private static final Logger LOG = LoggerFactory.getLogger(UnknownRequests.class);
    private static final String WEBHOOK = "conductor";
    private static final int MAX_PATH = 200;
    private static final String WEBHOOK_EXPECTED = "POST /conductor/tasks or /conductor/workflows, with"
            + " ratchet.intake.mode=on, and without a slash at the end of Conductor's notification.url";
    private static final String OTHER_EXPECTED =
            "a path of /api/v1/openapi.json, such as /health/live, /health/ready, /metrics or /api/v1/status";

    private final LongSupplier millis;
    private final LogThrottle notifications = new LogThrottle();
    private final LogThrottle others = new LogThrottle();

    /** @param millis the wall clock */
    UnknownRequests(LongSupplier millis) {
        this.millis = millis;
    }

    void addTo(RoutesConfig routes) {
        routes.exception(EndpointNotFound.class, (unknown, ctx) -> answer(ctx, 404, OTHER_EXPECTED));
        routes.exception(MethodNotAllowedResponse.class, (unknown, ctx) -> {
            String allowed = unknown.getDetails().getOrDefault("availableMethods", "");
            ctx.header("Allow", allowed);
            answer(ctx, 405, "method " + allowed.replace(", ", " or "));
        });
    }

    private void answer(Context ctx, int status, String otherExpected) {
        String request = printable(ctx.method() + " " + ctx.path());
        boolean isNotification = ctx.path().contains(WEBHOOK);
        String expected = isNotification ? WEBHOOK_EXPECTED : otherExpected;
        log(status, request, expected, isNotification);
        ErrorResponse.refused(status, "Expected " + expected + ", but got " + request)
                .writeTo(ctx);
    }

    private synchronized void log(int status, String request, String expected, boolean isNotification) {
        int count = (isNotification ? notifications : others).add(millis.getAsLong());
        if (count == 0) {
            return;
        }
        String more = count == 1 ? "" : " (and " + (count - 1) + " others since the last such line)";
        if (isNotification) {
            LOG.warn(
                    "RATCHET-2210 A notification went to a wrong address, and Conductor does not send it again{}. Expected"
                            + " {}, but got {}. status={}",
                    more,
                    expected,
                    request,
                    status);
        } else {
            LOG.warn(
                    "RATCHET-2211 A request that no endpoint handles{}. Expected {}, but got {}. status={}",
                    more,
                    expected,
                    request,
                    status);
        }
    }

    /** Bounded, and on one line: a request must not be able to forge log lines. */
    static String printable(String request) {
        String cut = request.length() > MAX_PATH ? request.substring(0, MAX_PATH) + "…" : request;
        return cut.replaceAll("\\p{Cntrl}", "?");
    }
}
