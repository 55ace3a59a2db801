package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.avro.AlertRecords;
import dev.ratchet.log.LogThrottle;
import dev.ratchet.task.Alert.Phase;
import java.util.List;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventLogTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;

    private record Origin(String topic, int partition, long offset) implements RecordMetadata {}

    private final EventLog events = new EventLog();
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
    void alertIsOneLineWithKindTextAndTask() {
        alert("It is silent.\n2026-07-01 ERROR forged", NOW);
        assertThat(lines())
                .containsExactly("INFO Alert SOURCE_SILENT opened: It is silent. 2026-07-01 ERROR forged. task=t1");
    }

    @Test
    void omittedLinesAreCountedAfterMinute() {
        for (int i = 0; i < LogThrottle.MANY + 230; i++) {
            alert("It is silent.", NOW + i);
        }
        events.logLeftOut(NOW + MINUTE - 1);
        assertThat(lines()).hasSize(LogThrottle.MANY);
        events.logLeftOut(NOW + MINUTE);
        assertThat(lines()).hasSize(LogThrottle.MANY + 1).last().asString().contains("230 more alerts");
        events.logLeftOut(NOW + MINUTE);
        alert("It is silent.", NOW + MINUTE);
        assertThat(lines()).hasSize(LogThrottle.MANY + 2).last().asString().contains("task=t1");
    }

    @Test
    void deadLettersHaveTheirOwnLimit() {
        for (int i = 0; i < LogThrottle.MANY + 1; i++) {
            alert("It is silent.", NOW);
            deadLetter(i);
        }
        assertThat(lines())
                .contains("INFO Dead letter MALFORMED: broken. topic=events partition=2 offset=0")
                .hasSize(2 * LogThrottle.MANY);
        events.logLeftOut(NOW + MINUTE);
        assertThat(lines()).last().asString().contains("1 more dead letters");
    }

    private void alert(String text, long now) {
        events.alert(AlertRecords.silence("t1", Phase.OPENED, text, now), now);
    }

    private void deadLetter(long offset) {
        events.deadLetter("MALFORMED", new Origin("events", 2, offset), "broken", NOW);
    }

    private List<String> lines() {
        return log.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
    }
}
