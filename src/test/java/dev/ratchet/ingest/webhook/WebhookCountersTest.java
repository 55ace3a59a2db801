package dev.ratchet.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WebhookCountersTest {
    private static final long NOW = 1_700_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(WebhookCounters.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final WebhookCounters counters = new ReadableWebhookCounters();

    @BeforeEach
    void capture() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void release() {
        logger.detachAppender(lines);
    }

    @Test
    void firstRefusalIsLoggedImmediatelyAndOthersOncePerMinute() {
        counters.logRefusal(busy("full"), NOW);
        counters.logRefusal(busy("full"), NOW + 1);
        counters.logRefusal(busy("full"), NOW + 59_999);
        counters.logRefusal(busy("full"), NOW + 60_000);
        counters.logRefusal(busy("full"), NOW + 120_000);

        assertThat(logged())
                .containsExactly(
                        "RATCHET-4104 Refused a notification, BUSY: full",
                        "RATCHET-4104 Refused a notification, BUSY (and 2 others since the last such line): full",
                        "RATCHET-4104 Refused a notification, BUSY: full");
    }

    @Test
    void requestCannotForgeLogLine() {
        counters.logRefusal(busy("got 'x\r\n2026 ERROR\u001b[31m'"), NOW);

        assertThat(logged()).containsExactly("RATCHET-4104 Refused a notification, BUSY: got 'x??2026 ERROR?[31m'");
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static NotificationResult busy(String reason) {
        return NotificationResult.refused(WebhookOutcome.BUSY, reason);
    }
}
