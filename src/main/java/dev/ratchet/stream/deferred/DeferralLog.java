package dev.ratchet.stream.deferred;

import dev.ratchet.log.LogThrottle;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs that records of one input partition wait for their schemas: at the first record, after a minute, and at the end.
 */
final class DeferralLog {
    private static final Logger LOG = LoggerFactory.getLogger(DeferralLog.class);
    private static final long WARN_AFTER = TimeUnit.MINUTES.toMillis(1);
    private static final long WARN_EVERY = TimeUnit.MINUTES.toMillis(10);

    private final TopicPartition input;
    private final String url;
    private final LogThrottle tooLarge = new LogThrottle();
    private long warnAt = WARN_AFTER;

    DeferralLog(TopicPartition input, String url) {
        this.input = input;
        this.url = url;
    }

    void logFirst(DeferredRecord record, String reason) {
        LOG.warn(
                "RATCHET-1302 A record of {} waits for its schema, because the registry at {} has not returned"
                        + " it. The record is stored, and is processed when the registry returns the schema."
                        + " Records of other tasks and schemas are processed. Check the registry if this lasts."
                        + " offset={} schema={} failure={}",
                input,
                url,
                record.offset(),
                record.schema(),
                reason);
    }

    /** Logs one line a minute at most, by the time of the records. */
    void logTooLarge(DeferredRecord record, int most, String reason) {
        int since = tooLarge.add(record.since());
        if (since > 0) {
            LOG.warn(
                    "RATCHET-1303 {} records of {} are dead-lettered (TOO_LARGE): the registry at {} has not"
                            + " returned their schemas, and they are too large to wait (limit {} bytes). Send"
                            + " them again when the registry answers. Last one: offset={} bytes={} schema={}"
                            + " failure={}",
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
                    "RATCHET-1304 {} records of {} wait for their schemas, for up to {} s. Check that the"
                            + " registry at {} answers, that Ratchet may read schemas, and that the producers"
                            + " of the topic use the same registry. The stream ends when {} records or {} MiB"
                            + " of a partition wait. failure={}",
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
        LOG.info("All records of {} that waited for their schemas are processed", input);
    }
}
