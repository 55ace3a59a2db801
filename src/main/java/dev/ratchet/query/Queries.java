package dev.ratchet.query;

import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.RequestRejectedException;
import dev.ratchet.stream.runtime.TaskQueries;
import io.javalin.http.Context;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The stream's queries, once there is a stream. */
final class Queries {
    private final AtomicReference<@Nullable TaskQueries> stream = new AtomicReference<>();

    void set(@Nullable TaskQueries queries) {
        stream.set(queries);
    }

    /** @throws RequestRejectedException with 503 while there is no stream */
    TaskQueries get() {
        TaskQueries queries = stream.get();
        if (queries == null) {
            throw new RequestRejectedException(unreadable("Ratchet starts or stops"));
        }
        return queries;
    }

    static ErrorResponse unreadable(String reason) {
        return ErrorResponse.refused(503, "Expected to read the state, but cannot now: " + reason);
    }

    /** {@return the request's path and query, as they came} */
    static String path(Context ctx) {
        String query = ctx.queryString();
        return ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
    }
}
