package dev.ratchet.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.Recordings;
import dev.ratchet.Recordings.Recorded;
import dev.ratchet.stream.EventLog;
import dev.ratchet.v1.TaskStatusAlert;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Log lines of normal operation. */
class OperatorLogTest {
    @TempDir
    Path state;

    private final Logger logger = (Logger) LoggerFactory.getLogger(EventLog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void lostUpdateIsLogged() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            for (Recorded record : Recordings.cdc("race_176")) {
                harness.cdc(record.key(), record.value());
            }
            List<TaskStatusAlert> alerts = harness.alerts.readValuesToList();
            assertThat(alerts).isNotEmpty();
            assertThat(lines())
                    .hasSameSizeAs(alerts)
                    .first()
                    .isEqualTo("Alert LOST_UPDATE opened: " + alerts.get(0).getMessage() + ". task="
                            + alerts.get(0).getTaskId());
        }
    }

    @Test
    void deadLettersAreLoggedAndOmittedOnesCounted() {
        try (TopologyHarness harness = new TopologyHarness(state)) {
            for (int i = 0; i < 25; i++) {
                harness.events.pipeInput("t1".getBytes(StandardCharsets.UTF_8), new byte[] {1}, harness.clock());
            }
            assertThat(lines())
                    .hasSize(20)
                    .allSatisfy(line -> assertThat(line).startsWith("Dead letter MALFORMED: "))
                    .first()
                    .asString()
                    .endsWith("topic=task-status-events partition=0 offset=0");
            harness.advance(Duration.ofMinutes(2));
            assertThat(lines()).hasSize(21).last().asString().startsWith("5 more dead letters");
        }
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
