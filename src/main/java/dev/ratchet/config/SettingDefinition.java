package dev.ratchet.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of Ratchet's settings: a component of a settings record, and what is declared there. */
record SettingDefinition(Setting declared, RecordComponent component) {
    static Stream<SettingDefinition> of(Class<? extends Record> group) {
        return Stream.of(group.getRecordComponents())
                .map(component -> new SettingDefinition(component.getAnnotation(Setting.class), component));
    }

    String name() {
        return declared.name();
    }

    /** What the value must be. Covers the type, too: {@code a whole number of at least 0}. */
    String expectation() {
        if (declared.check() != TextCheck.NONE) {
            return declared.check().expectation;
        }
        if (type().isEnum()) {
            return String.join(" or ", constants().keySet());
        }
        if (type() == Duration.class) {
            return "an ISO-8601 duration of at least " + Duration.ofSeconds(declared.min()) + ", such as "
                    + declared.defaultValue();
        }
        return declared.max() == Long.MAX_VALUE
                ? "a whole number of at least " + declared.min()
                : declared.min() + " to " + declared.max();
    }

    /** {@return the value, of the component's type; empty if the text is invalid} */
    Optional<Object> parse(String text) {
        try {
            return Optional.of(text.strip())
                    .filter(declared.check().holds)
                    .map(this::value)
                    .filter(this::isInRange);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException unparseable) {
            return Optional.empty();
        }
    }

    private @Nullable Object value(String text) {
        return switch (type().getSimpleName()) {
            case "boolean" -> text.equals("on") || text.equalsIgnoreCase("true");
            case "short" -> Short.valueOf(text);
            case "int" -> Integer.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "Duration" -> Duration.parse(text);
            case "Path" -> Path.of(text);
            case "URI" -> URI.create(text);
            case "String" -> text;
            default -> constants().get(text);
        };
    }

    /** A duration in milliseconds must fit a long, as Kafka requires. */
    private boolean isInRange(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis() >= 1_000 * declared.min();
        }
        return !(value instanceof Number number)
                || (number.longValue() >= declared.min() && number.longValue() <= declared.max());
    }

    /** The constants of an enum by their names in lower case and with hyphens. */
    private Map<String, Object> constants() {
        Map<String, Object> constants = new LinkedHashMap<>();
        for (Object constant : type().getEnumConstants()) {
            constants.put(constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return constants;
    }

    private Class<?> type() {
        return component.getGenericType() instanceof ParameterizedType optional
                ? (Class<?>) optional.getActualTypeArguments()[0]
                : component.getType();
    }
}
