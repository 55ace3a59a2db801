package dev.ratchet.http;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of an endpoint. Its range is declared once: for reading it, for the error message, and for the OpenAPI
 * document.
 *
 * @param name as in the URL
 * @param place where in the URL
 * @param meaning for people
 * @param expectation what it may be, after "Expected NAME to be"
 * @param schema its JSON schema
 * @param defaultValue its text if it is not sent; empty if there is none
 * @param parser null, or any {@link RuntimeException}, if the text is not what is expected
 */
public record Parameter<T>(
        String name,
        Place place,
        String meaning,
        String expectation,
        Map<String, Object> schema,
        Optional<String> defaultValue,
        Function<String, @Nullable T> parser) {
    private static final int SHOWN = 100;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** Where in the URL. */
    public enum Place {
        PATH,
        QUERY
    }

    /** An id in the path: any text without control characters. */
    public static Parameter<String> path(String name, String meaning, int maxLength) {
        return text(Place.PATH, name, meaning, maxLength);
    }

    public static Parameter<String> text(String name, String meaning, int maxLength) {
        return text(Place.QUERY, name, meaning, maxLength);
    }

    private static Parameter<String> text(Place place, String name, String meaning, int maxLength) {
        return new Parameter<>(
                name,
                place,
                meaning,
                "1 to " + maxLength + " characters without control characters",
                Map.of("type", "string", "minLength", 1, "maxLength", maxLength),
                Optional.empty(),
                text -> isPlain(text, maxLength) ? text : null);
    }

    private static boolean isPlain(String text, int maxLength) {
        return !text.isBlank() && text.length() <= maxLength && text.chars().noneMatch(Character::isISOControl);
    }

    public static Parameter<Integer> number(String name, String meaning, int min, int max, int defaultValue) {
        return new Parameter<>(
                name,
                Place.QUERY,
                meaning,
                min + " to " + max,
                Map.of("type", "integer", "minimum", min, "maximum", max),
                Optional.of(String.valueOf(defaultValue)),
                text -> {
                    int number = Integer.parseInt(text);
                    return number >= min && number <= max ? number : null;
                });
    }

    /** A constant of an enum, by its name in any case. */
    public static <E extends Enum<E>> Parameter<E> oneOf(
            String name, String meaning, Class<E> type, @Nullable E defaultValue) {
        E[] constants = type.getEnumConstants();
        return new Parameter<>(
                name,
                Place.QUERY,
                meaning,
                "one of " + Arrays.toString(constants),
                Map.of(
                        "type",
                        "string",
                        "enum",
                        Arrays.stream(constants).map(Enum::name).toList()),
                Optional.ofNullable(defaultValue).map(Enum::name),
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT)));
    }

    /** A duration such as {@code 500ms}, {@code 5s}, {@code 10m}, {@code 2h} or {@code 7d}, or in ISO-8601. */
    public static Parameter<Duration> duration(String name, String meaning, Duration max, String defaultValue) {
        return new Parameter<>(
                name,
                Place.QUERY,
                meaning,
                "a duration such as 500ms, 5s, 10m, 2h, 7d or PT2H, at most " + shown(max),
                Map.of("type", "string", "pattern", "^(" + DURATION + "|P.+)$"),
                defaultValue.isEmpty() ? Optional.empty() : Optional.of(defaultValue),
                text -> {
                    Duration duration = parseDuration(text);
                    return duration != null && duration.compareTo(max) <= 0 ? duration : null;
                });
    }

    private static String shown(Duration max) {
        return max.toDays() > 0 ? max.toDays() + "d" : max.toSeconds() + "s";
    }

    private static @Nullable Duration parseDuration(String text) {
        if (text.startsWith("P")) {
            Duration duration = Duration.parse(text);
            return duration.isNegative() ? null : duration;
        }
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /**
     * {@return its value in a request, or its default; empty if there is neither}
     *
     * @throws RequestRejectedException with 400 if it is not what is expected
     */
    public Optional<T> find(Context ctx) {
        String sent = place == Place.PATH ? ctx.pathParam(name) : ctx.queryParam(name);
        return Optional.ofNullable(sent).or(() -> defaultValue).map(this::parse);
    }

    /** {@return its value in a request, or its default} Only for a parameter that has one, or is in the path. */
    public T get(Context ctx) {
        return find(ctx).orElseThrow();
    }

    /**
     * Reads a text.
     *
     * @throws RequestRejectedException with 400 if it is not what is expected
     */
    public T parse(String text) {
        @Nullable T value;
        try {
            value = parser.apply(text);
        } catch (RuntimeException e) {
            throw rejection(text);
        }
        if (value == null) {
            throw rejection(text);
        }
        return value;
    }

    private RequestRejectedException rejection(String text) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return RequestRejectedException.badRequest(
                "Expected " + name + " to be " + expectation + ", but got '" + shown + "'");
    }
}
