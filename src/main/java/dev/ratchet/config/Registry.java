package dev.ratchet.config;

import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/**
 * Where the Avro schemas are.
 *
 * @param url one or several {@code http(s)} addresses, separated by commas, or {@code mock://NAME}; may hold a password;
 *     empty only where the command did not require it
 */
public record Registry(Optional<String> url) {
    static final String URL = "ratchet.schema.registry.url";

    static void declare(ConfigDef definition) {
        new Group(definition, "Schema registry")
                .declare(
                        URL,
                        null,
                        Checks.REGISTRY,
                        Importance.HIGH,
                        "Needed by `run`. Several addresses are tried in turn; `mock://NAME` is a registry within the"
                                + " process, for the demo and for tests.");
    }

    static Registry from(AbstractConfig config) {
        return new Registry(Optional.ofNullable(config.getString(URL)));
    }

    @Override
    public String toString() {
        return "Registry[url=" + url.map(value -> Secrets.show(URL, value)) + "]";
    }
}
