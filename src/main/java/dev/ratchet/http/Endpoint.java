package dev.ratchet.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an endpoint does. Its route and its part of the OpenAPI document are made from it. A constant for each endpoint:
 * the document lists all constants of this type.
 *
 * @param path parameters in braces
 * @param summary one sentence
 * @param access who may call it
 * @param parameters of the path and the query
 * @param mediaType of the response
 * @param response the record that is sent as JSON; {@code String} for a text, {@code Void} for an empty body
 * @param errors HTTP statuses other than 200, and what each means
 */
public record Endpoint(
        Method method,
        String path,
        String summary,
        Access access,
        List<Parameter<?>> parameters,
        String mediaType,
        Class<?> response,
        Map<Integer, String> errors) {
    /** The HTTP method. */
    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    /** Who may call it. */
    public enum Access {
        /** Anybody. */
        OPEN,
        /** It reads: where {@code ratchet.http.token} is set, callers with the token. */
        READ,
        /** It changes something: callers with the token; nobody where none is set. */
        CHANGE
    }

    public Endpoint {
        parameters = List.copyOf(parameters);
        errors = Map.copyOf(errors);
    }

    /** An endpoint that reads and answers with JSON. */
    public static Endpoint get(String path, String summary, Class<?> response) {
        return new Endpoint(Method.GET, path, summary, Access.OPEN, List.of(), "application/json", response, Map.of())
                .with(Access.READ);
    }

    /** An endpoint that changes something and answers with JSON. */
    public static Endpoint post(String path, String summary, Class<?> response) {
        return new Endpoint(Method.POST, path, summary, Access.OPEN, List.of(), "application/json", response, Map.of())
                .with(Access.CHANGE);
    }

    public Endpoint with(Access changed) {
        Endpoint same =
                new Endpoint(method, path, summary, changed, parameters, mediaType, response, withoutAccessErrors());
        return switch (changed) {
            case OPEN -> same;
            case READ -> same.with(401, "ratchet.http.token is set, and the token is missing or another.");
            case CHANGE ->
                same.with(401, "The token is missing or another.").with(403, "ratchet.http.token is not set.");
        };
    }

    private Map<Integer, String> withoutAccessErrors() {
        Map<Integer, String> others = new TreeMap<>(errors);
        others.remove(401);
        others.remove(403);
        return others;
    }

    public Endpoint with(Parameter<?>... more) {
        List<Parameter<?>> all = new ArrayList<>(parameters);
        all.addAll(List.of(more));
        return new Endpoint(method, path, summary, access, all, mediaType, response, errors)
                .with(400, "A parameter is unknown, or is not what is expected.");
    }

    /** This endpoint with one more HTTP status that is an error. */
    public Endpoint with(int status, String error) {
        Map<Integer, String> all = new TreeMap<>(errors);
        all.put(status, error);
        return new Endpoint(method, path, summary, access, parameters, mediaType, response, all);
    }

    /** With a text as the response. */
    public Endpoint withText(String newMediaType) {
        return new Endpoint(method, path, summary, access, parameters, newMediaType, String.class, errors);
    }

    /** Adds the route. The handler checks the token where that is needed. */
    public void addTo(RoutesConfig routes, Handler handler) {
        switch (method) {
            case GET -> routes.get(path, handler);
            case POST -> routes.post(path, handler);
            case PUT -> routes.put(path, handler);
            case DELETE -> routes.delete(path, handler);
        }
    }

    /** Adds the route, with a handler that gets only requests with the token and with known parameters. */
    public void addTo(RoutesConfig routes, RequestAuthenticator authenticator, Handler handler) {
        addTo(routes, ctx -> {
            check(ctx, authenticator);
            handler.handle(ctx);
        });
    }

    private void check(Context ctx, RequestAuthenticator authenticator) {
        authenticator.check(ctx, access).ifPresent(refusal -> {
            throw new RequestRejectedException(refusal);
        });
        List<String> known = parameters.stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        ctx.queryParamMap().forEach((name, values) -> {
            if (!known.contains(name) || values.size() > 1) {
                throw RequestRejectedException.badRequest("Expected only the parameters " + known
                        + ", each at most once, but got '" + name + "'" + (values.size() > 1 ? " twice" : ""));
            }
        });
    }
}
