package dev.ratchet;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when a thread dies of something that nobody handled: without that thread it would go on, and not do its
 * work. Kafka Streams does not notice, for one, when the thread that restores its state dies of an {@link Error}.
 */
final class UncaughtErrorHandler implements UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrorHandler.class);

    /** As Kafka Streams names them. */
    private static final Pattern STREAM_THREAD = Pattern.compile(".*-StreamThread-\\d+");

    private final Runnable exit;

    /** @param exit ends the process with exit code 1 */
    UncaughtErrorHandler(Runnable exit) {
        this.exit = exit;
    }

    /**
     * A stream thread that is replaced throws what it failed of once more, as its last act: what is to be done about that was
     * decided by then. It also ends so if no other could be put in its place.
     */
    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (STREAM_THREAD.matcher(thread.getName()).matches()) {
            LOG.warn("Stream thread {} has ended: {}", thread.getName(), error.toString());
            return;
        }
        try {
            LOG.error(
                    "Thread {} died of an error that nothing handles, so the process ends with exit code 1: {}",
                    thread.getName(),
                    error.toString(),
                    error);
        } finally {
            exit.run();
        }
    }
}
