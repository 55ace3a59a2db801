package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.sasl.jaas.config",
                "kafka.ssl.truststore.certificates",
                "kafka.consumer.ssl.key.password",
                "kafka.config.providers.vault.param.token",
                "kafka.my.plugin.SECRET",
                "ratchet.serde.basic.auth.user.info",
                "ratchet.serde.bearer.auth.token",
                "ratchet.serde.schema.registry.ssl.keystore.password"
            })
    void secretsAreHidden(String name) {
        // With another's serdes credentials need no source of ours.
        Settings settings = TestSettings.overrides(Map.of(
                name,
                "s3cret",
                RegistrySettings.DESERIALIZER,
                "org.apache.kafka.common.serialization.ByteArrayDeserializer"));
        assertThat(settings.effective()).contains(name + "=[hidden] (--set)");
        assertThat(settings.toString()).doesNotContain("s3cret");
        assertThat(TestSettings.mistakes(name, "s3cret${vault:more}"))
                .containsExactly("--set: Expected ${env:NAME} or ${file:PATH:KEY} in " + name + ", but got [hidden].");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kafka.ssl.keystore.location", "kafka.default.key.serde", "ratchet.source"})
    void similarNamesAreNotSecret(String name) {
        assertThat(SettingValue.isSecret(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:s3cret@host", "http://me:s3/cr@et@host", "ftp://h1,http://me:s3cret@host"})
    void passwordInUrlIsHidden(String url) {
        assertThat(SettingValue.show(RegistrySettings.URL, url))
                .contains("[hidden]@host")
                .doesNotContain("s3");
    }

    @Test
    void passwordOfRejectedUrlIsHidden() {
        assertThat(TestSettings.mistakes(RegistrySettings.URL, "htp://me:s3cret@host"))
                .singleElement()
                .asString()
                .endsWith("but got 'htp://[hidden]@host'.");
        assertThat(TestSettings.overrides(Map.of(RegistrySettings.URL, "http://me:s3cret@host"))
                        .registry()
                        .toString())
                .startsWith("RegistrySettings[url=http://[hidden]@host, ");
    }
}
