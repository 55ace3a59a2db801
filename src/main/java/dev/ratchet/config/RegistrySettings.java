package dev.ratchet.config;

import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Address of the schema registry, and the Avro serdes.
 *
 * @param url one or several {@code http(s)} addresses, separated by commas, or {@code mock://NAME}; may contain a
 *     password; empty only if the command does not require it
 * @param serializer class that writes Avro, a Kafka {@code Serializer}
 * @param deserializer class that reads Avro, a Kafka {@code Deserializer}
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
                                + " `io.confluent.kafka.serializers.KafkaAvroSerializer`, must be on the class path,"
                                + " and gets the `ratchet.serde.*` settings.")
                .declare(
                        DESERIALIZER,
                        "dev.ratchet.avro.AvroRecordDeserializer",
                        Validators.classOf(Deserializer.class),
                        Importance.LOW,
                        "Class that reads Avro, likewise. It must create records of the generated classes; Ratchet sets"
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
        return "RegistrySettings[url=" + url.map(value -> SecretMask.show(URL, value)) + ", serializer=" + serializer
                + ", deserializer=" + deserializer + "]";
    }
}
