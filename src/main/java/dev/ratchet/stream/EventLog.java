package dev.ratchet.stream;

import dev.ratchet.log.LogThrottle;
import dev.ratchet.task.TextLimits;
import dev.ratchet.v1.TaskStatusAlert;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each alert and each dead letter in one line, up to {@value LogThrottle#MANY} of each a minute, with a
 * count of those that are left out. One for all partitions of a process. Thread-safe.
 */
public final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    private final LogThrottle alerts = new LogThrottle(LogThrottle.MANY);
    private final LogThrottle deadLetters = new LogThrottle(LogThrottle.MANY);

    /**
     * Logs an alert.
     *
     * @param now ms of the wall clock
     */
    public synchronized void alert(TaskStatusAlert alert, long now) {
        logLeftOut(now);
        if (alerts.add(now) > 0) {
            LOG.info(
                    "Alert {} {}: {}. task={}",
                    alert.getKind(),
                    alert.getState().name().toLowerCase(Locale.ROOT),
                    sentence(alert.getMessage()),
                    oneLine(alert.getTaskId()));
        }
    }

    /**
     * Logs a dead letter.
     *
     * @param origin of the record that could not be processed
     * @param now ms of the wall clock
     */
    public synchronized void deadLetter(String category, RecordMetadata origin, String error, long now) {
        logLeftOut(now);
        if (deadLetters.add(now) > 0) {
            LOG.info(
                    "Dead letter {}: {}. topic={} partition={} offset={}",
                    category,
                    sentence(error),
                    origin.topic(),
                    origin.partition(),
                    origin.offset());
        }
    }

    /** Logs how many lines were left out, once their minute is over. */
    public synchronized void logLeftOut(long now) {
        int moreAlerts = alerts.takeLeftOut(now);
        if (moreAlerts > 0) {
            LOG.info("{} more alerts were opened or resolved within a minute: see the alerts topic", moreAlerts);
        }
        int moreDeadLetters = deadLetters.takeLeftOut(now);
        if (moreDeadLetters > 0) {
            LOG.info("{} more dead letters were written within a minute: see the dead letters topic", moreDeadLetters);
        }
    }

    /** Without a full stop at its end, because the line sets one. */
    private static String sentence(String text) {
        return oneLine(text).replaceFirst("\\.+$", "");
    }

    /** Texts may quote ids and errors of others: they must not forge log lines. */
    private static String oneLine(String text) {
        return TextLimits.cut(text, TextLimits.MESSAGE).replaceAll("\\p{Cntrl}", " ");
    }
}
