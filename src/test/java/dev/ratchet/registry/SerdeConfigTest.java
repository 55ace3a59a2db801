package dev.ratchet.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.AvroSerializer;
import dev.ratchet.avro.Level;
import dev.ratchet.avro.Sample;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class SerdeConfigTest {
    private static final String URL = "schema.registry.url";

    @Test
    void sameMockNameIsSameRegistry() {
        SchemaRegistry one = SchemaRegistry.of(Map.of(URL, "mock://one"));
        assertThat(SchemaRegistry.of(Map.of(URL, "mock://one"))).isSameAs(one);
        assertThat(SchemaRegistry.of(Map.of(URL, "mock://two"))).isNotSameAs(one);
    }

    @Test
    void serdesWithSameMockNameShareRegistry() {
        AvroSerializer<Sample> serializer = new AvroSerializer<>(Sample.class);
        AvroDeserializer<Sample> deserializer = new AvroDeserializer<>(Sample.class);
        serializer.configure(Map.of(URL, "mock://meet"), false);
        deserializer.configure(Map.of(URL, "mock://meet"), false);
        Sample sample = new Sample("one", Instant.EPOCH, Level.LOW, null, 0);

        assertThat(deserializer.deserialize("t", serializer.serialize("t", sample)))
                .isEqualTo(sample);
    }

    @Test
    void unconfiguredSerdeThrows() {
        assertThatThrownBy(() -> new AvroDeserializer<>(Sample.class).deserialize("t", new byte[5]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Expected configure to be called before deserialize, but it was not");
    }

    @Test
    void missingAddressIsRejected() {
        thenRefuses(Map.of(), "Expected schema.registry.url to be mock://NAME or http(s) addresses, but got ''");
    }

    @Test
    void mockAndHttpAddressesCannotBeMixed() {
        thenRefuses(
                Map.of(URL, "http://me:secret@a,mock://b"),
                "Expected schema.registry.url to be mock://NAME or http(s) addresses, but got 'http://***@a,mock://b'");
    }

    @Test
    void malformedAddressIsNotShown() {
        thenRefuses(Map.of(URL, "http://me:^@a"), "Expected schema.registry.url to be a URL, but it is malformed");
        thenRefuses(Map.of(URL, "http:///a"), "Expected a host in schema.registry.url, but there is none");
    }

    @Test
    void incompleteOrAmbiguousCredentialsAreRejected() {
        thenRefuses(
                Map.of(URL, "http://a", "basic.auth.credentials.source", "USER_INFO"),
                "Expected basic.auth.user.info where basic.auth.credentials.source is USER_INFO, but it is not set");
        thenRefuses(
                Map.of(
                        URL,
                        "http://a",
                        "basic.auth.credentials.source",
                        "URL",
                        "bearer.auth.credentials.source",
                        "STATIC_TOKEN"),
                "Expected only one of basic.auth.credentials.source and bearer.auth.credentials.source, but both are set");
    }

    @Test
    void unusedCredentialsAreRejected() {
        thenRefuses(
                Map.of(URL, "http://a", "bearer.auth.token", "t"),
                "Expected bearer.auth.credentials.source to be STATIC_TOKEN where bearer.auth.token is set, but it is"
                        + " not set");
        thenRefuses(
                Map.of(URL, "http://a", "basic.auth.credentials.source", "URL", "basic.auth.user.info", "me:secret"),
                "Expected basic.auth.credentials.source to be USER_INFO where basic.auth.user.info is set, but it is"
                        + " URL");
    }

    @Test
    void unknownSubjectStrategyIsRejected() {
        assertThatThrownBy(() -> SchemaRegistry.of(Map.of(URL, "http://a", "value.subject.name.strategy", "x.Other")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.subject.name.strategy");
    }

    private static void thenRefuses(Map<String, ?> settings, String text) {
        assertThatThrownBy(() -> SchemaRegistry.of(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessage(text);
    }
}
