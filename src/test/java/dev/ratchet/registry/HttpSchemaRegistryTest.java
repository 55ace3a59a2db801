package dev.ratchet.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ratchet.avro.AvroDeserializer;
import dev.ratchet.avro.Sample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSchemaRegistryTest {
    private static final Schema SCHEMA = Schema.create(Schema.Type.LONG);

    private record Answer(int status, String body) {}

    /** Method, path, authorization and body of what the server was asked. */
    private final List<String> asked = new ArrayList<>();

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        done.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void registrationIsCached() {
        given(200, "{\"id\":7}");
        SchemaRegistry registry = registry(Map.of());

        assertThat(registry.register("a b/c-value", SCHEMA)).isEqualTo(7);
        assertThat(registry.register("a b/c-value", SCHEMA)).isEqualTo(7);
        assertThat(registry.id("a b/c-value", SCHEMA)).isEqualTo(7);

        assertThat(asked).containsExactly("POST /subjects/a%20b%2Fc-value/versions null {\"schema\":\"\\\"long\\\"\"}");
    }

    @Test
    void lookupDoesNotRegister() {
        given(200, "{\"subject\":\"s\",\"id\":7,\"version\":2,\"schema\":\"\\\"long\\\"\"}");

        assertThat(registry(Map.of()).id("s", SCHEMA)).isEqualTo(7);

        assertThat(asked).containsExactly("POST /subjects/s null {\"schema\":\"\\\"long\\\"\"}");
    }

    @Test
    void schemaByIdIsCached() {
        given(200, "{\"schema\":\"\\\"long\\\"\"}");
        SchemaRegistry registry = registry(Map.of());

        assertThat(registry.byId(7)).isEqualTo(SCHEMA);
        assertThat(registry.byId(7)).isEqualTo(SCHEMA);

        assertThat(asked).containsExactly("GET /schemas/ids/7 null ");
    }

    @Test
    void newestVersionIsRequestedEachTime() {
        given(200, "{\"id\":7,\"schema\":\"\\\"int\\\"\"}");
        given(200, "{\"id\":8,\"schema\":\"\\\"long\\\"\"}");
        SchemaRegistry registry = registry(Map.of());

        assertThat(registry.latest("s").id()).isEqualTo(7);
        assertThat(registry.latest("s")).isEqualTo(new SchemaRegistry.Registered(8, SCHEMA));

        assertThat(asked).containsOnly("GET /subjects/s/versions/latest null ");
    }

    @Test
    void serverErrorsAreRetried() {
        given(500, "");
        given(429, "{}");
        given(200, "<html>a proxy's page</html>");
        given(200, "{\"id\":7}");

        assertThat(registry(Map.of()).register("s", SCHEMA)).isEqualTo(7);

        assertThat(asked).hasSize(4);
    }

    @Test
    void registryIsUnavailableAfterLastRetry() {
        given(503, "");
        given(503, "");

        assertThatThrownBy(() -> registry(Map.of("max.retries", 1)).byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageMatching("Expected the schema registry at one of \\[http://\\S+] to answer /schemas/ids/7, "
                        + "but none did in 2 rounds, the last with: .* answered 503");
        assertThat(asked).hasSize(2);
    }

    @Test
    void registryIsUnavailableIfResponseStalls() {
        given(200, "stall");

        assertThatThrownBy(() -> registry(Map.of("max.retries", 0, "http.read.timeout.ms", 300))
                        .byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("no whole answer in PT0.3S");
    }

    @Test
    void unknownIdIsNotFoundAndNotRequestedAgainImmediately() {
        given(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");
        SchemaRegistry registry = registry(Map.of("max.retries", 0));

        assertThatThrownBy(() -> registry.byId(7))
                .isInstanceOfSatisfying(
                        RegistryRefusedException.class,
                        e -> assertThat(e.isNotFound()).isTrue())
                .hasMessage("Expected the schema registry to accept GET /schemas/ids/7 at " + url("")
                        + ", but it answered 404, error code 40403: Schema 7 not found");
        assertThatThrownBy(() -> registry.byId(7)).isInstanceOf(RegistryRefusedException.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void unknownIdIsRetried() {
        given(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");
        given(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");
        given(200, "{\"schema\":\"\\\"long\\\"\"}");

        assertThat(registry(Map.of()).byId(7)).isEqualTo(SCHEMA);
    }

    @Test
    void retriesOfManyUnknownIdsAreLimited() {
        for (int times = 0; times < 5 * 2 + 2; times++) {
            given(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        }
        SchemaRegistry registry = registry(Map.of("max.retries", 1));

        for (int id = 1; id <= 7; id++) {
            int unknown = id;
            assertThatThrownBy(() -> registry.byId(unknown)).isInstanceOf(RegistryRefusedException.class);
        }

        assertThat(asked.stream().map(line -> line.replaceAll("\\D+", "")))
                .containsExactly("1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "7");
    }

    @Test
    void incompatibleSchemaIsRefused() {
        given(409, "{\"error_code\":409,\"message\":\"Schema being registered is incompatible\"}");

        assertThatThrownBy(() -> registry(Map.of()).register("s", SCHEMA))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessage("Expected the schema registry to accept POST /subjects/s/versions at "
                        + url("") + ", but it answered 409, error code 409: Schema being registered is incompatible"
                        + " (run 'ratchet schemas check')");
    }

    @Test
    void wrongAddressOrPasswordIsRegistryError() {
        AvroDeserializer<Sample> deserializer =
                new AvroDeserializer<>(Sample.class, registry(Map.of("max.retries", 0)));
        byte[] bytes = {0, 0, 0, 0, 7, 0};

        given(404, "<html>not here</html>");
        assertThatThrownBy(() -> deserializer.deserialize("t", bytes))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageEndingWith("no reason given (check schema.registry.url)");
        bytes[4] = 8; // as what was refused is not asked for again at once
        given(401, "");
        assertThatThrownBy(() -> deserializer.deserialize("t", bytes))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageEndingWith("no reason given (check basic.auth.* or bearer.auth.*)");
        bytes[4] = 9;
        given(404, "{\"error_code\":40403,\"message\":\"Schema 7 not found\"}");
        assertThatThrownBy(() -> deserializer.deserialize("t", bytes))
                .isExactlyInstanceOf(UnknownSchemaException.class);
    }

    @Test
    void unreadableSchemaIsSerializationError() {
        given(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax = ...\"}");
        assertThatThrownBy(() -> registry(Map.of()).byId(7))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessage("Expected an Avro schema at /schemas/ids/7, but it is PROTOBUF");

        given(200, "{\"schema\":\"\\\"elsewhere.Defined\\\"\"}");
        assertThatThrownBy(() -> registry(Map.of()).byId(7))
                .isExactlyInstanceOf(SerializationException.class)
                .hasMessageStartingWith("Expected a readable Avro schema at /schemas/ids/7, but: ");
    }

    @Test
    void incompleteResponseIsRegistryError() {
        given(200, "{}");
        assertThatThrownBy(() -> registry(Map.of()).byId(7))
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessage("Expected a schema in the answer to /schemas/ids/7, but got {}");
        given(200, "[]");
        assertThatThrownBy(() -> registry(Map.of()).register("s", SCHEMA))
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessage("Expected a schema id in the answer to /subjects/s/versions, but got []");
    }

    @Test
    void unavailableAddressFallsBackToNextOne() throws IOException {
        given(200, "{\"id\":7}");
        given(200, "{\"id\":8}");
        SchemaRegistry registry = registry(Map.of("schema.registry.url", nobody() + ", " + url(""), "max.retries", 0));

        assertThat(registry.register("s", SCHEMA)).isEqualTo(7);
        assertThat(registry.register("t", SCHEMA)).isEqualTo(8);
    }

    @Test
    void lastWorkingAddressIsTriedFirst() {
        given(503, "");
        given(200, "{\"id\":7}");
        given(200, "{\"id\":8}");
        SchemaRegistry registry = registry(Map.of("schema.registry.url", url("") + "/down," + url("") + "/up"));

        registry.register("s", SCHEMA);
        registry.register("t", SCHEMA);

        assertThat(asked.stream().map(line -> line.replaceAll("^POST (\\S+) .*", "$1")))
                .containsExactly("/down/subjects/s/versions", "/up/subjects/s/versions", "/up/subjects/t/versions");
    }

    @Test
    void registryIsUnavailableIfAllAddressesFail() throws IOException {
        String urls = nobody() + "," + nobody();
        assertThatThrownBy(() -> registry(Map.of("schema.registry.url", urls)).byId(7))
                .isInstanceOf(RegistryUnavailableException.class)
                .hasMessageContaining("ConnectException");
    }

    @Test
    void interruptEndsWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> registry(Map.of()).byId(7)).isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void userInfoIsSentAsBasicAuthentication() {
        given(200, "{\"id\":7}");
        registry(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "me:secret"))
                .register("s", SCHEMA);
        assertThat(asked.get(0)).startsWith("POST /subjects/s/versions Basic bWU6c2VjcmV0 ");
    }

    @Test
    void userInfoOfUrlIsSentAsBasicAuthentication() {
        given(200, "{\"id\":7}");
        registry(Map.of("basic.auth.credentials.source", "URL", "schema.registry.url", url("me:sec%72et@") + "/api/"))
                .register("s", SCHEMA);
        assertThat(asked.get(0)).startsWith("POST /api/subjects/s/versions Basic bWU6c2VjcmV0 ");
    }

    @Test
    void tokenIsSentAsBearerAuthentication() {
        given(200, "{\"id\":7}");
        registry(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "abc"))
                .register("s", SCHEMA);
        assertThat(asked.get(0)).startsWith("POST /subjects/s/versions Bearer abc ");
    }

    private void given(int status, String body) {
        answers.add(new Answer(status, body));
    }

    private SchemaRegistry registry(Map<String, ?> settings) {
        Map<String, Object> config = new HashMap<>(Map.of("schema.registry.url", url(""), "retries.wait.ms", 1));
        config.putAll(settings);
        return SchemaRegistry.of(config);
    }

    private String url(String userInfo) {
        return "http://" + userInfo + "localhost:" + server.getAddress().getPort();
    }

    /** An address at which nothing listens. */
    private static String nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://localhost:" + socket.getLocalPort();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        Answer answer = answers.remove();
        byte[] body = answer.body().getBytes(UTF_8);
        if (answer.body().equals("stall")) {
            exchange.sendResponseHeaders(answer.status(), 1_000);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            awaitEnd();
        } else {
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private void awaitEnd() {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
