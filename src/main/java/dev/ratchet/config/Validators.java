package dev.ratchet.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/** Validators for several settings. */
final class Validators {
    static final Validator BOOLEAN = new Validator(ConfigDef.Type.BOOLEAN, "true or false", value -> true);

    static final Validator TOPIC =
            text("1 to 249 letters, digits, '.', '_' or '-', and not just '.' or '..'", Topic::isValid);

    static final Validator FOLDER =
            text("the path of a folder", value -> !Path.of(value).toString().isEmpty());

    static final Validator REGISTRY = text(
            "http(s)://HOST[:PORT][/PATH], several separated by commas, or mock://NAME",
            value -> value.matches("mock://[\\w.-]+")
                    || Stream.of(value.split(",", -1)).map(String::strip).allMatch(Validators::isWebAddress));

    static final Validator WEB_ADDRESS = text("http(s)://HOST[:PORT][/PATH]", Validators::isWebAddress);

    /** Characters that an HTTP header value can contain. */
    static final Validator TOKEN = text("printable ASCII characters without spaces", value -> value.matches("[!-~]+"));

    static final Validator HEADER_NAME = text(
            "the name of an HTTP header: letters, digits, '-' and the like",
            value -> value.matches("[\\w!#$%&'*+.^`~-]+"));

    static final Validator NOT_EMPTY = text("not empty", value -> !value.isBlank());

    private Validators() {}

    /** @param type a type of whole numbers */
    static Validator atLeast(ConfigDef.Type type, long least) {
        return new Validator(
                type, "a whole number of at least " + least, value -> ((Number) value).longValue() >= least);
    }

    /** @param type a type of whole numbers */
    static Validator between(ConfigDef.Type type, long least, long most) {
        return new Validator(type, least + " to " + most, value -> {
            long number = ((Number) value).longValue();
            return number >= least && number <= most;
        });
    }

    /** The duration in milliseconds must fit a long, as Kafka requires. */
    static Validator durationOfAtLeast(Duration least, String example) {
        return text(
                "an ISO-8601 duration of at least " + least + ", such as " + example,
                value -> Duration.parse(value).toMillis() >= least.toMillis());
    }

    /** A class that Kafka can instantiate. */
    static Validator classOf(Class<?> kind) {
        return text(
                "a class on the class path that is a Kafka " + kind.getSimpleName()
                        + ", with a public constructor without parameters",
                name -> isInstantiable(kind, name));
    }

    private static boolean isInstantiable(Class<?> kind, String name) {
        try {
            Class<?> found = Class.forName(name, false, Utils.getContextOrKafkaClassLoader());
            return kind.isAssignableFrom(found) && found.getConstructor() != null;
        } catch (ReflectiveOperationException | LinkageError missing) {
            return false;
        }
    }

    /** The name of one of the constants, in lower case and with hyphens. */
    static Validator oneOf(Enum<?>... constants) {
        List<String> names = Stream.of(constants).map(Validators::name).toList();
        return text(String.join(" or ", names), names::contains);
    }

    /** The constant of a name that {@link #oneOf} has validated. */
    static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param holds may throw if the text cannot be parsed, which makes it invalid */
    private static Validator text(String words, Predicate<String> holds) {
        return new Validator(ConfigDef.Type.STRING, words, value -> {
            try {
                return holds.test((String) value);
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException unparseable) {
                return false;
            }
        });
    }

    private static boolean isWebAddress(String address) {
        URI uri = URI.create(address);
        return uri.getHost() != null
                && Set.of("http", "https").contains(uri.getScheme())
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }
}
