package dev.ratchet.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WebhookCountersTest {
    private final AtomicLong now = new AtomicLong(-5); // as System.nanoTime may be
    private final WebhookCounters log = new WebhookCounters(Duration.ofNanos(10), now::get);

    @Test
    void theFirstIsToldAtOnceAndTheOthersOncePerInterval() {
        assertThat(log.line(busy("full"))).contains("RATCHET-4104 Refused a notification, BUSY: full");
        now.set(4);
        assertThat(log.line(busy("full"))).isEmpty();
        assertThat(log.line(busy("full"))).isEmpty();
        now.set(5);
        assertThat(log.line(busy("full")))
                .contains("RATCHET-4104 Refused a notification, BUSY (and 2 others since the last such line): full");
        now.set(15);
        assertThat(log.line(busy("full"))).contains("RATCHET-4104 Refused a notification, BUSY: full");
    }

    @Test
    void whatWasSentCannotForgeALine() {
        assertThat(log.line(busy("got 'x\r\n2026 ERROR\u001b[31m'")))
                .contains("RATCHET-4104 Refused a notification, BUSY: got 'x??2026 ERROR?[31m'");
    }

    private static NotificationResult busy(String reason) {
        return NotificationResult.refused(WebhookOutcome.BUSY, reason);
    }
}
