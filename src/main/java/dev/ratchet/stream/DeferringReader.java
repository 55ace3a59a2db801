package dev.ratchet.stream;

import dev.ratchet.source.Reading;
import dev.ratchet.source.Reading.Flaw;
import dev.ratchet.source.RecordReader;
import dev.ratchet.wire.RegistryException;
import dev.ratchet.wire.RegistryUnavailableException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one input partition whose schemas are in the registry. A record whose schema the registry does not tell
 * in time, or refuses to tell, is set aside and tried again, and so is what follows of the same key. One with a schema that the registry does not
 * know is bad if the registry has proved right; if it has not, the record waits for that, and many of them end the stream.
 */
final class DeferringReader {
    /** Bad records that a registry without proof may hold up in one partition. More are not bad luck. */
    static final int MOST_UNKNOWN = 10;

    /** How long they wait for a proof, ms. */
    static final long LONGEST_UNKNOWN = Duration.ofMinutes(10).toMillis();

    private static final long RETRY_EVERY = 1_000;

    /** What is done with a record that could be read after all. */
    interface Handler {
        void handle(DeferredRecord record, Reading reading);
    }

    private final RecordReader reader;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final RegistryCheck check;
    private final int mostBytes;
    private final Tally tally;
    private final DeferralLog log;
    private final RefusedSchemas refused;

    /** Schemas that are not asked for again before the next pass. */
    private final Set<Integer> resting = new HashSet<>();

    private final Set<Integer> unknown = new TreeSet<>();
    private @Nullable RegistryException lastFailure;
    private long passAt;
    private boolean isPassDone = true;

    /** @param mostBytes what the store's changelog takes of one record, in bytes */
    DeferringReader(
            RecordReader reader,
            TopicPartition input,
            DeferredRecords deferred,
            RegistryCheck check,
            int mostBytes,
            Tally tally) {
        this.reader = reader;
        this.input = input;
        this.deferred = deferred;
        this.check = check;
        this.mostBytes = mostBytes;
        this.tally = tally;
        this.log = new DeferralLog(input, check.url());
        this.refused = new RefusedSchemas(check, input.topic());
    }

    /**
     * What the record turns out to be; null if it was set aside.
     *
     * @throws RegistryUnavailableException if there is no room for it
     * @throws WrongRegistryException if this one shows that the registry is wrong
     */
    @Nullable
    Reading read(Record<byte[], byte[]> read, long offset, long now) {
        Reading reading = tried(read.value(), now, now);
        if (reading != null && !deferred.holdsKey(read.key())) {
            return reading;
        }
        defer(new DeferredRecord(offset, now, read));
        return null;
    }

    /** Tries again what waits, within the thread's budget for timers. */
    void retry(long now, Handler handler) {
        if (deferred.isEmpty() || (isPassDone && Math.abs(now - passAt) < RETRY_EVERY)) {
            return;
        }
        passAt = now;
        resting.clear();
        try (TimerBudget.Turn turn = TimerBudget.ofThread().turn(now)) {
            isPassDone = deferred.retry(turn, record -> {
                Reading reading = tried(record.read().value(), record.since(), now);
                if (reading != null) {
                    handler.handle(record, reading);
                }
                return reading != null;
            });
        }
        if (isPassDone) {
            refused.retain(deferred.schemas());
        }
        checkUnknown();
        if (deferred.isEmpty()) {
            log.over();
        } else {
            log.still(deferred, now, reason());
        }
    }

    /** {@return what it is; null if that cannot be told yet} */
    private @Nullable Reading tried(byte @Nullable [] value, long since, long now) {
        int schema = DeferredRecord.schema(value);
        if (resting.contains(schema)) {
            return null;
        }
        Reading reading = null;
        try {
            reading = asked(value, schema, since, now);
        } catch (RegistryException inTheWay) { // of whatever kind: it says nothing about the record
            lastFailure = inTheWay;
        }
        if (reading == null) {
            resting.add(schema);
        }
        return reading;
    }

    private @Nullable Reading asked(byte @Nullable [] value, int schema, long since, long now) {
        Reading reading;
        try {
            reading = reader.read(value);
        } catch (RegistryException untold) {
            lastFailure = untold;
            return refused.judged(schema, untold, now);
        }
        return judged(reading, value != null, schema, since, now);
    }

    private @Nullable Reading judged(Reading reading, boolean hasSchema, int schema, long since, long now) {
        Flaw flaw = reading instanceof Reading.Unreadable unreadable ? unreadable.flaw() : null;
        if (flaw == Flaw.UNKNOWN_SCHEMA && !check.isProven() && now - since < LONGEST_UNKNOWN) {
            unknown.add(schema);
            return null;
        }
        if (flaw == Flaw.UNKNOWN_SCHEMA && check.isProven()) {
            check.confirm();
        } else if (flaw != Flaw.UNKNOWN_SCHEMA && flaw != Flaw.MALFORMED && hasSchema) {
            check.prove(input.topic());
        }
        unknown.remove(schema);
        return reading;
    }

    private void defer(DeferredRecord record) {
        boolean isFirst = deferred.isEmpty();
        if (record.size() > mostBytes || !deferred.add(record)) {
            throw new RegistryUnavailableException(
                    ("Expected the record at offset %d of %s to wait until the registry tells schema %d, but there is no"
                                    + " room for its %d bytes beside the %d records that wait; last failure: %s")
                            .formatted(
                                    record.offset(), input, record.schema(), record.size(), deferred.count(), reason()),
                    lastFailure);
        }
        tally.countDeferred();
        if (isFirst) {
            log.first(record, reason());
        }
        checkUnknown();
    }

    private String reason() {
        return lastFailure == null ? "none" : String.valueOf(lastFailure.getMessage());
    }

    private void checkUnknown() {
        int count = deferred.count(unknown);
        if (count > MOST_UNKNOWN) {
            throw new WrongRegistryException("Expected the schema registry at " + check.url()
                    + " to know the schemas of the records on " + input.topic() + ", but it does not know those of "
                    + count + " records on partition " + input.partition()
                    + ", and of no record has it told the schema since the start. Unknown schema ids: " + unknown);
        }
    }
}
