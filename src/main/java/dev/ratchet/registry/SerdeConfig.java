package dev.ratchet.registry;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Settings of the serdes and the registry client, by Confluent's names, so that one file serves both serdes. */
public final class SerdeConfig extends AbstractConfig {
    static final String URL = "schema.registry.url";
    public static final String MOCK = "mock://";
    public static final String AUTO_REGISTER = "auto.register.schemas";
    public static final String USE_LATEST = "use.latest.version";
    public static final String REMOVE_JAVA = "avro.remove.java.properties";
    static final String BASIC_SOURCE = "basic.auth.credentials.source";
    static final String BASIC_USER_INFO = "basic.auth.user.info";
    static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    static final String BEARER_TOKEN = "bearer.auth.token";
    static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    static final String READ_TIMEOUT = "http.read.timeout.ms";
    static final String RETRIES = "max.retries";
    static final String RETRY_WAIT = "retries.wait.ms";
    static final String RETRY_MAX_WAIT = "retries.max.wait.ms";
    private static final String KEY_SUBJECTS = "key.subject.name.strategy";
    private static final String VALUE_SUBJECTS = "value.subject.name.strategy";
    private static final String STRATEGIES = "io.confluent.kafka.serializers.subject.";
    private static final String BY_TOPIC = STRATEGIES + "TopicNameStrategy";
    private static final String BY_RECORD = STRATEGIES + "RecordNameStrategy";
    private static final String BY_BOTH = STRATEGIES + "TopicRecordNameStrategy";
    private static final ConfigDef.Validator SUBJECT_NAMES = among(BY_TOPIC, BY_RECORD, BY_BOTH);

    // The defaults of timeouts and waits are lower than Confluent's: a poll that blocks for minutes costs a rebalance.
    private static final ConfigDef DEF = new ConfigDef()
            .define(URL, LIST, List.of(), HIGH, "http(s) addresses of one registry, or mock://NAME.")
            .define(AUTO_REGISTER, BOOLEAN, true, MEDIUM, "Register a schema the subject does not have.")
            .define(
                    USE_LATEST,
                    BOOLEAN,
                    false,
                    LOW,
                    "Write the id of the subject's newest version, if not registering.")
            .define(REMOVE_JAVA, BOOLEAN, false, LOW, "Keep avro.java.string out of the registry.")
            .define(BASIC_SOURCE, STRING, null, among("USER_INFO", "URL"), MEDIUM, "Where user:password comes from.")
            .define(BASIC_USER_INFO, PASSWORD, null, MEDIUM, "user:password, for USER_INFO.")
            .define(BEARER_SOURCE, STRING, null, among("STATIC_TOKEN"), MEDIUM, "Where the bearer token comes from.")
            .define(BEARER_TOKEN, PASSWORD, null, MEDIUM, "The token, for STATIC_TOKEN.")
            .define(CONNECT_TIMEOUT, INT, 5_000, atLeast(1), LOW, "For a connection, in ms.")
            .define(READ_TIMEOUT, INT, 10_000, atLeast(1), LOW, "For a whole answer, in ms.")
            .define(RETRIES, INT, 3, atLeast(0), LOW, "Rounds over all addresses after the first round.")
            .define(RETRY_WAIT, LONG, 200L, atLeast(0), LOW, "Before the second round, in ms; doubles each round.")
            .define(RETRY_MAX_WAIT, LONG, 5_000L, atLeast(0), LOW, "The longest wait between rounds, in ms.")
            .define(KEY_SUBJECTS, STRING, BY_TOPIC, SUBJECT_NAMES, LOW, "Subjects of keys.")
            .define(VALUE_SUBJECTS, STRING, BY_TOPIC, SUBJECT_NAMES, LOW, "Subjects of values.");

    /** @throws ConfigException if a setting is missing, wrong, or does not go with another */
    public SerdeConfig(Map<String, ?> config) {
        super(DEF, config, false);
        if (getString(BASIC_SOURCE) != null && getString(BEARER_SOURCE) != null) {
            throw new ConfigException(
                    "Expected only one of %s and %s, but both are set".formatted(BASIC_SOURCE, BEARER_SOURCE));
        }
        requireWith(BASIC_SOURCE, "USER_INFO", BASIC_USER_INFO);
        requireWith(BEARER_SOURCE, "STATIC_TOKEN", BEARER_TOKEN);
    }

    public static boolean knows(String name) {
        return DEF.names().contains(name) || name.startsWith(RegistryTls.PREFIX + "ssl.");
    }

    /** A class's schema in the form that is registered. */
    public Schema registered(Schema schema) {
        return getBoolean(REMOVE_JAVA) ? withoutJavaStrings(schema) : schema;
    }

    /**
     * Avro's compiler marks strings of a class's schema with {@code avro.java.string}. To a registry that is another schema
     * than the {@code .avsc} it was generated from, though the binary encoding is the same.
     */
    private static Schema withoutJavaStrings(Schema schema) {
        String json = schema.toString().replace(",\"avro.java.string\":\"String\"", "");
        return new Schema.Parser().setValidateDefaults(false).parse(json);
    }

    public String subject(String topic, Schema schema, boolean isKey) {
        return switch (getString(isKey ? KEY_SUBJECTS : VALUE_SUBJECTS)) {
            case BY_RECORD -> schema.getFullName();
            case BY_BOTH -> topic + "-" + schema.getFullName();
            default -> topic + (isKey ? "-key" : "-value");
        };
    }

    /**
     * Either one address that begins with {@link #MOCK}, or one or more of http and https.
     *
     * @throws ConfigException if it is neither, or not set
     */
    public List<String> urls() {
        List<String> urls = getList(URL);
        boolean mock = urls.size() == 1 && urls.get(0).startsWith(MOCK);
        boolean http = !urls.isEmpty() && urls.stream().allMatch(url -> url.matches("https?://.+"));
        if (!mock && !http) {
            throw new ConfigException("Expected %s to be mock://NAME or http(s) addresses, but got '%s'"
                    .formatted(URL, String.join(",", urls).replaceAll("//[^/,@]*@", "//***@")));
        }
        return urls;
    }

    /** The value of a secret setting, or null if it is not set. Not for logs. */
    @Nullable
    String secret(String name) {
        Password secret = getPassword(name);
        return secret == null ? null : secret.value();
    }

    private void requireWith(String source, String value, String name) {
        if (value.equals(getString(source)) && secret(name) == null) {
            throw new ConfigException("Expected %s where %s is %s, but it is not set".formatted(name, source, value));
        }
        if (!value.equals(getString(source)) && secret(name) != null) { // otherwise it would be ignored silently
            throw new ConfigException("Expected %s to be %s where %s is set, but it is %s"
                    .formatted(source, value, name, getString(source) == null ? "not set" : getString(source)));
        }
    }

    private static ConfigDef.Validator among(String... values) {
        ConfigDef.Validator validator = ValidString.in(values);
        return (name, value) -> {
            if (value != null) {
                validator.ensureValid(name, value);
            }
        };
    }
}
