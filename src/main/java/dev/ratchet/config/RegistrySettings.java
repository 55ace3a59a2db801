package dev.ratchet.config;

import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Where the Avro schemas are, and what reads and writes by them.
 *
 * @param url one or several {@code http(s)} addresses, separated by commas, or {@code mock://NAME}; may hold a password;
 *     empty only where the command did not require it
 * @param serializer class of what writes Avro, a Kafka {@code Serializer}
 * @param deserializer class of what reads it, a Kafka {@code Deserializer}
 */
public record RegistrySettings(Optional<String> url, String serializer, String deserializer) {
    static final String URL = "ratchet.schema.registry.url";
    static final String SERIALIZER = "ratchet.value.serializer";
    static final String DESERIALIZER = "ratchet.value.deserializer";

    static void declare(ConfigDef definition) {
        new SettingGroup(definition, "Schema registry")
                .declare(
                        URL,
                        null,
                        Validators.REGISTRY,
                        Importance.HIGH,
                        "Needed by `run`. Several addresses are tried in turn. `mock://NAME` is a registry within the"
                                + " process, for tests; `run` refuses it.")
                .declare(
                        SERIALIZER,
                        "dev.ratchet.avro.AvroRecordSerializer",
                        Validators.classOf(Serializer.class),
                        Importance.LOW,
                        "Class that writes Avro. Another than Ratchet's own, such as"
                                + " `io.confluent.kafka.serializers.KafkaAvroSerializer`, is to be put on the class path,"
                                + " and gets the `ratchet.serde.*` settings.")
                .declare(
                        DESERIALIZER,
                        "dev.ratchet.avro.AvroRecordDeserializer",
                        Validators.classOf(Deserializer.class),
                        Importance.LOW,
                        "Class that reads Avro, likewise; it must make records of the generated classes, and is told so with"
                                + " `specific.avro.reader=true`.");
    }

    static RegistrySettings from(AbstractConfig config) {
        return new RegistrySettings(
                Optional.ofNullable(config.getString(URL)),
                config.getString(SERIALIZER),
                config.getString(DESERIALIZER));
    }

    /** {@return the addresses for people, without a password} */
    public String shownUrl() {
        return url.map(value -> SecretMask.show(URL, value)).orElse("none");
    }

    @Override
    public String toString() {
        return "Registry[url=" + url.map(value -> SecretMask.show(URL, value)) + ", serializer=" + serializer
                + ", deserializer=" + deserializer + "]";
    }
}
