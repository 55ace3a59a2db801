package dev.ratchet.wire;

import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Keys and trust towards the registry: Kafka's {@code ssl.*} settings, each after {@code schema.registry.}. */
final class RegistryTls {
    private RegistryTls() {}

    /** The JVM's own if nothing is set. */
    static SSLContext context(WireConfig config) {
        Map<String, Object> settings = config.originalsWithPrefix("schema.registry.");
        if (settings.keySet().stream().noneMatch(name -> name.startsWith("ssl."))) {
            return jvm();
        }
        ConfigDef tls = new ConfigDef().withClientSslSupport();
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new AbstractConfig(tls, settings, false).values());
            return factory.sslContext();
        }
    }

    private static SSLContext jvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new KafkaException("Expected the JVM to have a TLS context, but it has none", e);
        }
    }
}
