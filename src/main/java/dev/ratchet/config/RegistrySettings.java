package dev.ratchet.config;

import java.util.Optional;

/**
 * Address of the schema registry, and the Avro serdes.
 *
 * @param url one or several {@code http(s)} addresses, separated by commas, or {@code mock://NAME}; may contain a
 *     password; empty only if the command does not require it
 * @param serializer class that writes Avro, a Kafka {@code Serializer}
 * @param deserializer class that reads Avro, a Kafka {@code Deserializer}
 */
public record RegistrySettings(
        @Setting(name = URL, check = TextCheck.REGISTRY) Optional<String> url,

        @Setting(
                name = SERIALIZER,
                defaultValue = "dev.ratchet.avro.AvroRecordSerializer",
                check = TextCheck.SERIALIZER)
        String serializer,

        @Setting(
                name = DESERIALIZER,
                defaultValue = "dev.ratchet.avro.AvroRecordDeserializer",
                check = TextCheck.DESERIALIZER)
        String deserializer) {
    static final String URL = "ratchet.schema.registry.url";
    static final String SERIALIZER = "ratchet.value.serializer";
    static final String DESERIALIZER = "ratchet.value.deserializer";

    /** {@return the addresses for people, without a password} */
    public String shownUrl() {
        return url.map(value -> SettingValue.show(URL, value)).orElse("none");
    }

    @Override
    public String toString() {
        return "RegistrySettings[url=" + shownUrl() + ", serializer=" + serializer + ", deserializer=" + deserializer
                + "]";
    }
}
