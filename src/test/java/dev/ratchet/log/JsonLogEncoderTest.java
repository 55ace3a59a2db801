package dev.ratchet.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JsonLogEncoderTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.ratchet.Some");
    private final JsonLogEncoder encoder = new JsonLogEncoder();

    @BeforeEach
    void start() {
        encoder.setContext(logger.getLoggerContext());
        encoder.start();
    }

    @Test
    void lineHasCodeAndFormattedMessage() throws Exception {
        JsonNode line = line(Level.WARN, "RATCHET-1208 Kafka is away. error={}", null, "\"none\"\n\u0001 ü");
        assertThat(line.properties().stream().map(Map.Entry::getKey))
                .containsExactly("timestamp", "level", "logger", "thread", "code", "message");
        assertThat(line.path("code").asText()).isEqualTo("RATCHET-1208");
        assertThat(line.path("message").asText()).isEqualTo("Kafka is away. error=\"none\"\n\u0001 ü");
        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("logger").asText()).isEqualTo("dev.ratchet.Some");
        assertThat(line.path("thread").asText())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(Instant.parse(line.path("timestamp").asText())).isNotNull();
    }

    @Test
    void lineWithoutCodeHasNone() throws Exception {
        JsonNode line = line(Level.INFO, "See RATCHET-1208 {}", null, 7);
        assertThat(line.has("code")).isFalse();
        assertThat(line.path("message").asText()).isEqualTo("See RATCHET-1208 7");
    }

    @Test
    void stackTraceIsOneField() throws Exception {
        JsonNode line =
                line(Level.ERROR, "failed", new IllegalStateException("outer", new IllegalStateException("in")));
        assertThat(List.of(line.path("stackTrace").asText().split("\\R")))
                .first()
                .isEqualTo("java.lang.IllegalStateException: outer");
        assertThat(line.path("stackTrace").asText()).contains("Caused by: java.lang.IllegalStateException: in");
    }

    private JsonNode line(Level level, String text, @Nullable Throwable failure, Object... arguments) throws Exception {
        LoggingEvent event = new LoggingEvent(getClass().getName(), logger, level, text, failure, arguments);
        String line = new String(encoder.encode(event), UTF_8);
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
        return new ObjectMapper().readTree(line);
    }
}
