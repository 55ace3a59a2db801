package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class ShutdownHookTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(50);

    private final CompletableFuture<Integer> halted = new CompletableFuture<>();
    private final List<String> closed = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Logger logger = (Logger) LoggerFactory.getLogger(ShutdownHook.class);
    private final Appender appender = new Appender();

    @AfterEach
    void end() {
        released.countDown();
        logger.detachAppender(appender);
    }

    @Test
    void groupClosesInReverseOrder() {
        try (ShutdownHook shutdown = shutdown(NEVER)) {
            shutdown.add("http", () -> closed.add("producer"));
            shutdown.add("http", () -> closed.add("server"));
        }
        assertThat(closed).containsExactly("server", "producer");
        assertThat(halted).isNotDone();
    }

    @Test
    void groupsCloseConcurrently() {
        CyclicBarrier both = new CyclicBarrier(2);
        try (ShutdownHook shutdown = shutdown(NEVER)) {
            for (String group : List.of("stream", "repairs")) {
                shutdown.add(group, () -> {
                    both.await(30, TimeUnit.SECONDS);
                    closed.add(group);
                });
            }
        }
        assertThat(closed).containsExactlyInAnyOrder("stream", "repairs");
    }

    @Test
    void failureToCloseDoesNotAffectOthers() {
        try (ShutdownHook shutdown = shutdown(NEVER)) {
            shutdown.add("http", () -> closed.add("producer"));
            shutdown.add("http", () -> {
                throw new NoClassDefFoundError("gone");
            });
        }
        assertThat(closed).containsExactly("producer");
    }

    @Test
    void partThatDoesNotCloseIsLoggedAndProcessHalts() {
        List<String> lines = new CopyOnWriteArrayList<>();
        listen(line -> lines.add(line.getFormattedMessage()));
        try (ShutdownHook shutdown = shutdown(SOON)) {
            shutdown.add("stream", released::await);
            shutdown.add("repairs", () -> closed.add("repairs"));
        }
        assertThat(halted.join()).isEqualTo(1);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("still open: [shutdown-stream at [", "CountDownLatch", "exit code is 1")
                .doesNotContain("repairs");
    }

    @Test
    void blockedLogDoesNotDelayHalt() {
        CountDownLatch logs = new CountDownLatch(1);
        listen(line -> {
            logs.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (ShutdownHook shutdown = shutdown(SOON)) {
            shutdown.add("stream", released::await);
        }
        assertThat(halted.join()).isEqualTo(1);
        assertThat(logs.getCount()).as("logging was attempted").isZero();
    }

    private ShutdownHook shutdown(Duration deadline) {
        return new ShutdownHook(deadline, halted::complete);
    }

    private void listen(Consumer<ILoggingEvent> listener) {
        appender.listener = listener;
        appender.start();
        logger.addAppender(appender);
    }

    private static final class Appender extends AppenderBase<ILoggingEvent> {
        private Consumer<ILoggingEvent> listener = line -> {};

        @Override
        protected void append(ILoggingEvent line) {
            listener.accept(line);
        }
    }
}
