package dev.ratchet.status;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.registry.SchemaRegistry;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RegistryMonitorTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(RegistryMonitor.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SwitchedRegistry registry = new SwitchedRegistry();
    private final RegistryMonitor monitor = new RegistryMonitor(registry, "changelog-value", "http://registry");

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        monitor.close();
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void outageAndItsEndAreLoggedOnce() {
        assertThat(monitor.hasAsked()).isFalse();
        monitor.poll();
        assertThat(monitor.hasAsked()).isTrue();
        assertThat(lines()).isEmpty();
        registry.isAway = true;
        monitor.poll();
        assertThat(monitor.awaySince()).isPresent();
        monitor.poll();
        assertThat(lines())
                .singleElement()
                .asString()
                .contains("RATCHET-1330 The schema registry is away since 20", "url=http://registry", "error=silent");
        registry.isAway = false;
        monitor.poll();
        monitor.poll();
        assertThat(monitor.awaySince()).isEmpty();
        assertThat(lines()).hasSize(2).last().asString().contains("The schema registry is back after ");
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Holds no schema: a refusal is an answer. */
    private static final class SwitchedRegistry implements SchemaRegistry {
        private final SchemaRegistry empty = new MockSchemaRegistry();
        private boolean isAway;

        @Override
        public int register(String subject, Schema schema) {
            return empty.register(subject, schema);
        }

        @Override
        public int id(String subject, Schema schema) {
            return empty.id(subject, schema);
        }

        @Override
        public Schema byId(int id) {
            return empty.byId(id);
        }

        @Override
        public Registered latest(String subject) {
            if (isAway) {
                throw new RegistryUnavailableException("silent", new IllegalStateException());
            }
            return empty.latest(subject);
        }
    }
}
