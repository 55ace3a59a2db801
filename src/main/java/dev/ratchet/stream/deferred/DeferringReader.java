package dev.ratchet.stream.deferred;

import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.Reading.Flaw;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.timer.TimerBudget;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one input partition whose schemas are in the registry. A record whose schema the registry does not tell
 * in time, or refuses to tell, is set aside and tried again, and so is what follows of the same key. One with a schema that
 * the registry does not know waits a moment, and is bad if the registry has proved right; if it has not, the record waits for
 * that, and many of them end the stream.
 */
public final class DeferringReader {
    private static final long RETRY_EVERY = 1_000;

    /** What is done with a record that could be read after all. */
    public interface Handler {
        void handle(DeferredRecord record, Reading reading);
    }

    private final RecordReader reader;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final RegistryCheck check;
    private final int mostBytes;
    private final EventCounters counters;
    private final DeferralLog log;
    private final RefusedSchemas refused;

    /** Schemas that are not asked for again before the next pass. */
    private final Set<Integer> resting = new HashSet<>();

    private final UnknownSchemas unknown;
    private @Nullable RegistryException lastFailure;
    private String reason = "none";
    private long passAt;
    private boolean isPassDone = true;

    /** @param mostBytes what the store's changelog takes of one record, in bytes */
    DeferringReader(
            RecordReader reader,
            TopicPartition input,
            DeferredRecords deferred,
            RegistryCheck check,
            int mostBytes,
            EventCounters counters) {
        this.reader = reader;
        this.input = input;
        this.deferred = deferred;
        this.check = check;
        this.mostBytes = mostBytes;
        this.counters = counters;
        this.log = new DeferralLog(input, check.url());
        this.unknown = new UnknownSchemas(check, input, deferred);
        this.refused = new RefusedSchemas(check, input.topic());
    }

    /**
     * What the record turns out to be; null if it was set aside.
     *
     * @throws RegistryUnavailableException if there is no room for it beside the others that wait
     * @throws WrongRegistryException if this one shows that the registry is wrong
     */
    @Nullable
    public Reading read(Record<byte[], byte[]> read, long offset, long now) {
        if (!resting.isEmpty() && new DeferredRecord(offset, now, read).size() > mostBytes) {
            resting.remove(DeferredRecord.schema(read.value())); // it cannot wait, so it is asked for at once
        }
        Reading reading = tryRead(read.value(), now, now);
        if (reading != null && !deferred.holdsKey(read.key())) {
            return reading;
        }
        DeferredRecord record = new DeferredRecord(offset, now, read);
        if (record.size() > mostBytes) {
            return reading instanceof Reading.Unreadable ? reading : tooLarge(record);
        }
        defer(record);
        return null;
    }

    /** Tries again what waits, within the thread's budget for timers. */
    public void retry(long now, Handler handler) {
        if (isPassDone && Math.abs(now - passAt) < RETRY_EVERY) {
            return;
        }
        passAt = now;
        resting.clear(); // also of those that were too large to wait
        if (deferred.isEmpty()) {
            refused.retain(Set.of());
            return;
        }
        try (TimerBudget.Turn turn = TimerBudget.ofThread().turn(now)) {
            isPassDone = deferred.retry(turn, record -> {
                Reading reading = tryRead(record.read().value(), record.since(), now);
                if (reading != null) {
                    handler.handle(record, reading);
                }
                return reading != null;
            });
        }
        if (isPassDone) {
            refused.retain(deferred.schemas());
        }
        unknown.check();
        if (deferred.isEmpty()) {
            log.logEmpty();
        } else {
            log.logWaiting(deferred, now, reason);
        }
    }

    /** {@return what it is; null if that cannot be told yet} */
    private @Nullable Reading tryRead(byte @Nullable [] value, long since, long now) {
        int schema = DeferredRecord.schema(value);
        if (resting.contains(schema) && !unknown.lacksRoom(schema)) {
            return null;
        }
        Reading reading = null;
        try {
            reading = askRegistry(value, schema, since, now);
        } catch (RegistryException inTheWay) { // of whatever kind: it says nothing about the record
            noteFailure(inTheWay);
        }
        if (reading == null) {
            resting.add(schema);
        }
        return reading;
    }

    private @Nullable Reading askRegistry(byte @Nullable [] value, int schema, long since, long now) {
        Reading reading;
        try {
            reading = reader.read(value);
        } catch (RegistryException untold) {
            noteFailure(untold);
            return refused.judge(schema, untold, now);
        }
        return judge(reading, value != null, schema, since, now);
    }

    private @Nullable Reading judge(Reading reading, boolean hasSchema, int schema, long since, long now) {
        Flaw flaw = reading instanceof Reading.Unreadable unreadable ? unreadable.flaw() : null;
        if (reading instanceof Reading.Unreadable unreadable && flaw == Flaw.UNKNOWN_SCHEMA) {
            reason = unreadable.error();
            return unknown.mayWait(schema, since, now) ? null : reading;
        }
        if (flaw != Flaw.MALFORMED && hasSchema) {
            check.markProven(input.topic());
        }
        unknown.remove(schema);
        return reading;
    }

    private void defer(DeferredRecord record) {
        boolean isFirst = deferred.isEmpty();
        if (!deferred.add(record)) {
            throw new RegistryUnavailableException(
                    ("Expected the record at offset %d of %s to wait until the registry tells schema %d, but there is no"
                                    + " room for its %d bytes beside the %d records that wait; last failure: %s")
                            .formatted(
                                    record.offset(), input, record.schema(), record.size(), deferred.count(), reason),
                    lastFailure);
        }
        counters.countDeferred();
        if (isFirst) {
            log.logFirst(record, reason);
        }
        unknown.check();
    }

    /** It cannot wait, and the next thread would meet it again. */
    private Reading tooLarge(DeferredRecord record) {
        unknown.tooLarge(record.schema());
        log.logTooLarge(record, mostBytes, reason);
        return new Reading.Unreadable(
                Flaw.TOO_LARGE,
                ("Expected the record to wait until the registry tells schema %d, or until earlier records of its key are"
                                + " read, but its %d bytes are more than the %d that the state keeps of one. Send it again"
                                + " once the registry answers; last failure: %s")
                        .formatted(record.schema(), record.size(), mostBytes, reason));
    }

    private void noteFailure(RegistryException failure) {
        lastFailure = failure;
        reason = String.valueOf(failure.getMessage());
    }
}
