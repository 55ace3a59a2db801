package dev.ratchet.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS settings of the registry: Kafka's {@code ssl.*} settings, each with the prefix {@code schema.registry.}. */
final class RegistryTls {
    static final String PREFIX = "schema.registry.";
    private static final List<String> STORES = List.of("ssl.truststore.location", "ssl.keystore.location");

    private RegistryTls() {}

    /**
     * Empty if nothing is set.
     *
     * @throws ConfigException if no context can be created, for example because a file is missing
     */
    static Optional<SSLContext> context(SerdeConfig config) {
        Map<String, Object> settings = config.originalsWithPrefix(PREFIX);
        if (settings.keySet().stream().noneMatch(name -> name.startsWith("ssl."))) {
            return Optional.empty();
        }
        for (String store : STORES) {
            Object file = settings.get(store);
            if (file != null
                    && !Files.isReadable(Path.of(file.toString()))) { // otherwise Kafka would log a stack trace
                throw new ConfigException(
                        "Expected %s%s to be a file that can be read, but got '%s'".formatted(PREFIX, store, file));
            }
        }
        ConfigDef tls = new ConfigDef().withClientSslSupport();
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(tls, settings, false).values());
            return Optional.of(factory.sslContext());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ConfigException("Expected %sssl.* to be valid TLS settings, but: %s: %s"
                    .formatted(PREFIX, e.getMessage(), cause.getMessage()));
        }
    }
}
