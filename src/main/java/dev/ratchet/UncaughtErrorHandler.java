package dev.ratchet;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when a thread dies of an uncaught error. Otherwise the process would continue without that thread: for
 * example, Kafka Streams does not notice when the thread that restores its state dies of an {@link Error}.
 */
final class UncaughtErrorHandler implements UncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrorHandler.class);

    /** Names that Kafka Streams gives its threads. */
    private static final Pattern STREAM_THREAD = Pattern.compile(".*-StreamThread-\\d+");

    private final Runnable exit;

    /** @param exit ends the process with exit code 1 */
    UncaughtErrorHandler(Runnable exit) {
        this.exit = exit;
    }

    /**
     * A stream thread throws its failure once more when it ends. The failure was handled by then, whether the thread was
     * replaced or could not be.
     */
    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (STREAM_THREAD.matcher(thread.getName()).matches()) {
            LOG.warn("RATCHET-2002 A stream thread has ended. thread={}, error={}", thread.getName(), error.toString());
            return;
        }
        try {
            LOG.error(
                    "RATCHET-2003 A thread died of an uncaught error, so the process ends with exit code 1. thread={}, error={}",
                    thread.getName(),
                    error.toString(),
                    error);
        } finally {
            exit.run();
        }
    }
}
