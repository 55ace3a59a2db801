package dev.ratchet.stream.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class KafkaLogLimitTest {
    private static final long NOW = 1_800_000_000_000L;

    @Test
    void logbackConfigurationLimitsOnlyNetworkClientWarnings() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
        Logger clients = context.getLogger("org.apache.kafka.clients.NetworkClient");
        Logger others = context.getLogger("org.apache.kafka.clients.Metadata");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        for (Logger logger : new Logger[] {clients, others}) {
            logger.setAdditive(false);
            logger.addAppender(log);
        }
        for (int i = 0; i < 1_000; i++) {
            clients.warn("Connection to node {} could not be established.", -1);
        }
        assertThat(log.list).hasSizeBetween(20, 40); // the minute may change meanwhile
        log.list.clear();
        for (int i = 0; i < 100; i++) {
            clients.error("Connection to node {} failed authentication.", -1);
            others.warn("Error while fetching metadata");
        }
        assertThat(log.list).filteredOn(line -> line.getLevel() == Level.ERROR).hasSize(100);
        assertThat(log.list).hasSize(200);
    }

    @Test
    void limitResetsEachMinute() {
        KafkaLogLimit limit = new KafkaLogLimit();
        for (int i = 0; i < 20; i++) {
            assertThat(limit.isAllowed(NOW)).isTrue();
        }
        assertThat(limit.isAllowed(NOW + 59_999)).isFalse();
        assertThat(limit.isAllowed(NOW + 60_000)).isTrue();
    }
}
