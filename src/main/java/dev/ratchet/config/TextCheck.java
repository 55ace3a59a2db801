package dev.ratchet.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/**
 * What the text of a setting must be, in words and as a test. The words appear in the reference and, after "Expected NAME
 * to be", in the error message.
 */
@SuppressWarnings("ImmutableEnumChecker") // the tests hold no state
enum TextCheck {
    /** The type and the range of the setting say it. */
    NONE("", text -> true),
    TRUE_OR_FALSE("true or false", text -> text.matches("(?i)true|false")),
    OFF_OR_ON("off or on", text -> text.matches("off|on")),
    REPLICATION_FACTOR("-1 or a whole number of at least 1", text -> !text.equals("0") && Short.parseShort(text) >= -1),
    TOPIC("1 to 249 letters, digits, '.', '_' or '-', and not just '.' or '..'", Topic::isValid),
    FOLDER("the path of a folder", text -> !Path.of(text).toString().isEmpty()),
    HOST("a name or address of this machine", text -> !text.isEmpty()),
    HOST_AND_PORT("HOST:PORT", TextCheck::isHostAndPort),
    WEB_ADDRESS("http(s)://HOST[:PORT][/PATH]", TextCheck::isWebAddress),
    REGISTRY(
            "http(s)://HOST[:PORT][/PATH], several separated by commas, or mock://NAME",
            text -> text.matches("mock://[\\w.-]+")
                    || Stream.of(text.split(",", -1)).map(String::strip).allMatch(TextCheck::isWebAddress)),
    /** Characters that an HTTP header value can contain. */
    TOKEN("printable ASCII characters without spaces", text -> text.matches("[!-~]+")),
    HEADER_NAME(
            "the name of an HTTP header: letters, digits, '-' and the like",
            text -> text.matches("[\\w!#$%&'*+.^`~-]+")),
    SERIALIZER(classOf(Serializer.class), text -> isInstantiable(Serializer.class, text)),
    DESERIALIZER(classOf(Deserializer.class), text -> isInstantiable(Deserializer.class, text));

    final String expectation;

    /** Takes a text without spaces around it; may throw if it cannot be parsed, which makes it invalid. */
    final Predicate<String> holds;

    TextCheck(String expectation, Predicate<String> holds) {
        this.expectation = expectation;
        this.holds = holds;
    }

    private static String classOf(Class<?> kind) {
        return "a class on the class path that is a Kafka " + kind.getSimpleName()
                + ", with a public constructor without parameters";
    }

    private static boolean isInstantiable(Class<?> kind, String name) {
        try {
            Class<?> found = Class.forName(name, false, Utils.getContextOrKafkaClassLoader());
            return kind.isAssignableFrom(found) && found.getConstructor() != null;
        } catch (ReflectiveOperationException | LinkageError missing) {
            return false;
        }
    }

    private static boolean isHostAndPort(String address) {
        URI uri = URI.create("http://" + address);
        return uri.getHost() != null
                && uri.getPort() > 0
                && uri.getPort() < 65_536
                && (uri.getHost() + ":" + uri.getPort()).equals(address);
    }

    private static boolean isWebAddress(String address) {
        URI uri = URI.create(address);
        return uri.getHost() != null
                && Set.of("http", "https").contains(uri.getScheme())
                && uri.getQuery() == null
                && uri.getFragment() == null;
    }
}
