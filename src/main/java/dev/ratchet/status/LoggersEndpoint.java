package dev.ratchet.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.config.HttpSettings;
import dev.ratchet.http.ErrorResponse;
import dev.ratchet.http.HttpServer.Routes;
import dev.ratchet.http.RequestAuthenticator;
import dev.ratchet.log.LogLevels;
import dev.ratchet.log.LogLevels.LogLevel;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Log levels at run time, in the form of Spring Boot's actuator. {@code GET /api/v1/loggers} and {@code GET
 * /api/v1/loggers/{name}} need the token if one is configured; {@code PUT /api/v1/loggers/{name}} with <code>{"level":
 * "DEBUG"}</code> always needs it.
 */
public final class LoggersEndpoint implements Routes {
    private static final String ALL = "/api/v1/loggers";
    private static final String ONE = ALL + "/{name}";
    private static final String LEVEL = "level";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RequestAuthenticator access;
    private final LogLevels levels = new LogLevels();

    public LoggersEndpoint(HttpSettings settings) {
        this.access = new RequestAuthenticator(settings);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ALL, ctx -> answer(ctx, access.checkReading(ctx), this::listAll));
        routes.get(ONE, ctx -> answer(ctx, access.checkReading(ctx), this::show));
        routes.put(ONE, ctx -> answer(ctx, access.check(ctx), this::change));
    }

    private interface Answer {
        void write(Context ctx);
    }

    private static void answer(Context ctx, Optional<ErrorResponse> denied, Answer answer) {
        denied.ifPresentOrElse(error -> error.writeTo(ctx), () -> answer.write(ctx));
    }

    private void listAll(Context ctx) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode allowed = body.putArray("levels");
        LogLevels.NAMES.forEach(allowed::add);
        ObjectNode loggers = body.putObject("loggers");
        levels.all().forEach((name, level) -> loggers.set(name, json(level)));
        ctx.contentType("application/json").result(body.toString());
    }

    private void show(Context ctx) {
        String name = ctx.pathParam("name");
        levels.of(name)
                .ifPresentOrElse(
                        level -> ctx.contentType("application/json")
                                .result(json(level).toString()),
                        () -> ErrorResponse.refused(
                                        404,
                                        "Expected a logger of GET " + ALL + ", but got '" + name
                                                + "': its class was not used yet, or there is none")
                                .writeTo(ctx));
    }

    private void change(Context ctx) {
        String name = ctx.pathParam("name");
        if (levels.of(name).isPresent()) {
            try {
                levels.set(name, level(ctx.body()));
            } catch (IllegalArgumentException | JsonProcessingException mistake) {
                ErrorResponse.refused(400, String.valueOf(mistake.getMessage())).writeTo(ctx);
                return;
            }
        }
        show(ctx);
    }

    /** {@return the level; null for the one from before the first change} */
    private static @Nullable String level(String body) throws JsonProcessingException {
        JsonNode json = JSON.readTree(body);
        JsonNode level = json.path(LEVEL);
        if (!level.isTextual() && !level.isNull()) {
            throw new IllegalArgumentException("Expected {\"level\": \"DEBUG\"}, with one of "
                    + String.join(", ", LogLevels.NAMES) + ", or null, but got another body");
        }
        return level.textValue();
    }

    private static ObjectNode json(LogLevel level) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("configuredLevel", level.configured().orElse(null))
                .put("effectiveLevel", level.effective());
    }
}
