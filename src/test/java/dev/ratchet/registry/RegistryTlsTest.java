package dev.ratchet.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
    @TempDir
    Path folder;

    private HttpsServer server;
    private String url;
    private String store;

    /** The credentials the server wants to see; null: none. */
    private volatile @Nullable String expected;

    @BeforeEach
    void start() throws Exception {
        store = folder.resolve("store.p12").toString();
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        url = "https://localhost:" + server.getAddress().getPort();
        server.setHttpsConfigurator(new HttpsConfigurator(serverContext()));
        server.createContext("/", exchange -> {
            byte[] body = "{\"schema\":\"\\\"long\\\"\"}".getBytes(UTF_8);
            String shown = exchange.getRequestHeaders().getFirst("Authorization");
            exchange.sendResponseHeaders(expected == null || expected.equals(shown) ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void unknownCertificateIsNotTrusted() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", url, "max.retries", 0));
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("SSLHandshakeException")
                .hasMessageEndingWith(" (check schema.registry.ssl.*)");
    }

    @Test
    void missingTruststoreIsNamed() {
        String missing = folder.resolve("missing.p12").toString();
        Map<String, Object> none = Map.of("schema.registry.ssl.truststore.location", missing);
        assertThatThrownBy(() -> trusting(none))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Expected schema.registry.ssl.truststore.location to be a file that can be read, but got '"
                        + missing + "'");
    }

    @Test
    void wrongTruststorePasswordIsReported() {
        Map<String, Object> wrong = Map.of("schema.registry.ssl.truststore.password", "changedit");
        assertThatThrownBy(() -> trusting(wrong))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Expected schema.registry.ssl.* to be valid TLS settings, but: ")
                .hasMessageContaining(store);
    }

    @Test
    void plainHttpToTlsPortNamesAddress() {
        String plain = url.replace("https", "http");
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", plain, "max.retries", 0));
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageStartingWith(
                        "Expected the schema registry at one of [" + plain + "] to answer /schemas/ids/1");
    }

    @Test
    void truststoreSettingsHaveKafkaNames() {
        assertThat(trusting(Map.of()).byId(1)).isEqualTo(Schema.create(Schema.Type.LONG));
    }

    @Test
    void eachKindOfCredentialsIsSentOverTls() {
        Map<String, Object> user =
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:secret");
        Map<String, Object> url = Map.of("schema.registry.url", this.url.replace("://", "://me:secret@"));
        Map<String, Object> token =
                Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "abc");

        expected = "Basic bWU6c2VjcmV0";
        assertThat(trusting(user).byId(1)).isNotNull();
        assertThat(trusting(url).byId(1)).isNotNull();
        thenIsRefused(token);
        expected = "Bearer abc";
        assertThat(trusting(token).byId(1)).isNotNull();
        thenIsRefused(user);
        thenIsRefused(url);
    }

    private void thenIsRefused(Map<String, Object> credentials) {
        assertThatThrownBy(() -> trusting(credentials).byId(1))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageStartingWith(
                        "Expected the schema registry to accept GET /schemas/ids/1 at " + url + ", but it answered 401")
                .hasMessageEndingWith("(check basic.auth.* or bearer.auth.*)")
                .hasMessageNotContaining("secret");
    }

    private SchemaRegistry trusting(Map<String, Object> more) {
        Map<String, Object> config = new HashMap<>();
        config.put("schema.registry.url", url);
        config.put("schema.registry.ssl.truststore.location", store);
        config.put("schema.registry.ssl.truststore.password", "changeit");
        config.put("schema.registry.ssl.truststore.type", "PKCS12");
        config.putAll(more);
        return SchemaRegistry.of(config);
    }

    private SSLContext serverContext() {
        return RegistryTls.context(new SerdeConfig(Map.of(
                        "schema.registry.ssl.keystore.location", store,
                        "schema.registry.ssl.keystore.password", "changeit",
                        "schema.registry.ssl.key.password", "changeit",
                        "schema.registry.ssl.keystore.type", "PKCS12")))
                .orElseThrow();
    }
}
