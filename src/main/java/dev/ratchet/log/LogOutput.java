package dev.ratchet.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import org.slf4j.LoggerFactory;

/** The form of log lines on stderr. */
public final class LogOutput {
    /** Name of the appender in {@code logback.xml}. */
    private static final String STDERR = "STDERR";

    private LogOutput() {}

    /**
     * Writes each line as JSON from now on.
     *
     * @return false if there is no appender of this name, because the user configured Logback with a file of their own
     */
    public static boolean useJson() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Appender<ILoggingEvent> appender =
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(STDERR);
        if (!(appender instanceof OutputStreamAppender<ILoggingEvent> stderr)) {
            return false;
        }
        JsonLogEncoder encoder = new JsonLogEncoder();
        encoder.setContext(context);
        encoder.start();
        stderr.setEncoder(encoder);
        return true;
    }
}
