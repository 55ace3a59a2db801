package dev.ratchet.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.config.HttpSettings;
import dev.ratchet.http.Endpoint;
import dev.ratchet.http.Endpoint.Access;
import dev.ratchet.http.Endpoint.Method;
import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.JsonResponse;
import dev.ratchet.http.Parameter;
import dev.ratchet.http.RequestAuthenticator;
import dev.ratchet.http.RequestRejectedException;
import dev.ratchet.log.LogLevels;
import dev.ratchet.status.LoggersView.LoggerView;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Log levels at run time, in the form of Spring Boot's actuator. {@code GET /api/v1/loggers} and {@code GET
 * /api/v1/loggers/{name}} need the token if one is configured; {@code PUT /api/v1/loggers/{name}} with <code>{"level":
 * "DEBUG"}</code> always needs it.
 */
public final class LoggersEndpoint implements Routes {
    private static final String PATH = "/api/v1/loggers";
    private static final int NAME_LENGTH = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Parameter<String> NAME =
            Parameter.path("name", "The logger: a package, a class, or ROOT.", NAME_LENGTH);

    static final Endpoint ALL = Endpoint.get(PATH, "All loggers with their levels.", LoggersView.class);
    static final Endpoint ONE = Endpoint.get(PATH + "/{name}", "The level of a logger.", LoggerView.class)
            .with(NAME)
            .with(404, "There is no such logger, or its class was not used yet.");
    static final Endpoint CHANGE = new Endpoint(
                    Method.PUT,
                    PATH + "/{name}",
                    "Changes the level of a logger until the process ends. Body: {\"level\": \"DEBUG\"}, or null for the"
                            + " level from before the first change.",
                    Access.OPEN,
                    ONE.parameters(),
                    ONE.mediaType(),
                    LoggerView.class,
                    Map.of(400, "The level is unknown, or the body is another.", 404, "As with GET."))
            .with(Access.CHANGE);

    private final RequestAuthenticator authenticator;
    private final LogLevels levels = new LogLevels();

    public LoggersEndpoint(HttpSettings settings) {
        this.authenticator = new RequestAuthenticator(settings);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        ALL.addTo(
                routes,
                authenticator,
                ctx -> JsonResponse.ok(LoggersView.of(levels)).writeTo(ctx));
        ONE.addTo(routes, authenticator, ctx -> show(ctx, existing(ctx)));
        CHANGE.addTo(routes, authenticator, this::change);
    }

    private void show(Context ctx, String name) {
        JsonResponse.ok(LoggerView.of(levels.of(name).orElseThrow())).writeTo(ctx);
    }

    private void change(Context ctx) {
        String name = existing(ctx);
        try {
            levels.set(name, level(ctx.body()));
        } catch (IllegalArgumentException | JsonProcessingException mistake) {
            throw RequestRejectedException.badRequest(String.valueOf(mistake.getMessage()));
        }
        show(ctx, name);
    }

    private String existing(Context ctx) {
        String name = NAME.get(ctx);
        if (levels.of(name).isEmpty()) {
            throw new RequestRejectedException(ErrorResponse.refused(
                    404,
                    "Expected a logger of GET " + PATH + ", but got '" + name
                            + "': its class was not used yet, or there is none"));
        }
        return name;
    }

    /** {@return the level; null for the one from before the first change} */
    private static @Nullable String level(String body) throws JsonProcessingException {
        JsonNode level = JSON.readTree(body).path("level");
        if (!level.isTextual() && !level.isNull()) {
            throw new IllegalArgumentException("Expected {\"level\": \"DEBUG\"}, with one of "
                    + String.join(", ", LogLevels.NAMES) + ", or null, but got another body");
        }
        return level.textValue();
    }
}
