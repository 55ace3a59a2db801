package dev.ratchet.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
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
            exchange.sendResponseHeaders(200, body.length);
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
    void anUnknownCertificateIsNotTrusted() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of("schema.registry.url", url, "max.retries", 0));
        assertThatThrownBy(() -> registry.byId(1))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("SSLHandshakeException");
    }

    @Test
    void aTruststoreIsSetAsForKafkaItself() {
        SchemaRegistry registry = SchemaRegistry.of(Map.of(
                "schema.registry.url",
                url,
                "schema.registry.ssl.truststore.location",
                store,
                "schema.registry.ssl.truststore.password",
                "changeit",
                "schema.registry.ssl.truststore.type",
                "PKCS12"));
        assertThat(registry.byId(1)).isEqualTo(Schema.create(Schema.Type.LONG));
    }

    private SSLContext serverContext() {
        return RegistryTls.context(new WireConfig(Map.of(
                "schema.registry.ssl.keystore.location", store,
                "schema.registry.ssl.keystore.password", "changeit",
                "schema.registry.ssl.key.password", "changeit",
                "schema.registry.ssl.keystore.type", "PKCS12")));
    }
}
