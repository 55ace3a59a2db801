package dev.ratchet.stream.deferred;

import dev.ratchet.stream.LogThrottle;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says that records of one input partition wait for their schemas: when the first does, after a minute, and at the end. */
final class DeferralLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeferralLog.class);
    private static final long WARN_AFTER = TimeUnit.MINUTES.toMillis(1);
    private static final long WARN_EVERY = TimeUnit.MINUTES.toMillis(10);

    private final TopicPartition input;
    private final String url;
    private final LogThrottle tooLarge = new LogThrottle();
    private long warnAt = WARN_AFTER;

    /** @param url of the registry, for people */
    DeferralLog(TopicPartition input, String url) {
        this.input = input;
        this.url = url;
    }

    void logFirst(DeferredRecord record, String reason) {
        LOG.warn(
                "A record of {} waits for its schema, which the registry at {} has not told: it is kept in the state, and"
                        + " read as soon as the schema is told. Records of other tasks and schemas go on. offset={} schema={} failure={}",
                input,
                url,
                record.offset(),
                record.schema(),
                reason);
    }

    /** The line is one a minute at most, by when the records came. */
    void logTooLarge(DeferredRecord record, int most, String reason) {
        int since = tooLarge.add(record.since());
        if (since > 0) {
            LOG.warn(
                    "{} records of {} were too large to wait for their schemas, which the registry at {} has not told, and"
                            + " are dead letters (TOO_LARGE): the state keeps {} bytes of a record. Send them again once"
                            + " the registry answers. The last: offset={} bytes={} schema={} failure={}",
                    since,
                    input,
                    url,
                    most,
                    record.offset(),
                    record.size(),
                    record.schema(),
                    reason);
        }
    }

    void logWaiting(DeferredRecords records, long now, String reason) {
        long waited = now - records.oldest();
        if (waited >= warnAt) {
            warnAt = waited + WARN_EVERY;
            LOG.warn(
                    "{} records of {} wait for their schemas, for up to {} s. Check that the registry at {} answers,"
                            + " that it lets Ratchet read schemas, and that it is the one of those who write the topic. The"
                            + " stream ends when {} records or {} MiB of a partition wait. Last failure: {}",
                    records.count(),
                    input,
                    TimeUnit.MILLISECONDS.toSeconds(waited),
                    url,
                    DeferredRecords.MAX_RECORDS,
                    DeferredRecords.MAX_BYTES >> 20,
                    reason);
        }
    }

    void logEmpty() {
        warnAt = WARN_AFTER;
        LOG.info("No record of {} waits for its schema any more", input);
    }
}
