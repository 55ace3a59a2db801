package dev.ratchet.stream.deferred;

import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.ingest.Reading;
import dev.ratchet.ingest.RecordReader;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.stream.metrics.EventCounters;
import dev.ratchet.stream.state.TimerBudget;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads records of one input partition whose schemas are in the registry. A record whose schema the registry does not
 * return in time, or refuses to return, is deferred and tried again, and so are later records with its key. A record
 * with a schema that the registry does not know waits a moment, and is unreadable if the registry is proven right; if
 * it is not, the record waits for the proof, and many such records end the stream.
 */
public final class DeferringReader {
    private static final long RETRY_EVERY = 1_000;

    private final RecordReader reader;
    private final TopicPartition input;
    private final DeferredRecords deferred;
    private final RegistryCheck check;
    private final int mostBytes;
    private final EventCounters counters;
    private final DeferralLog log;
    private final RefusedSchemas refused;

    /** Schemas that are not requested again before the next pass. */
    private final Set<Integer> resting = new HashSet<>();

    private final UnknownSchemas unknown;
    private @Nullable RegistryException lastFailure;
    private String reason = "none";
    private long passAt;
    private boolean isPassDone = true;

    /** @param mostBytes maximum record size of the store's changelog, in bytes */
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
     * Reads a record. {@return the reading; null if the record was deferred}
     *
     * @throws RegistryUnavailableException if no more records can be deferred
     * @throws WrongRegistryException if this record shows that the registry is wrong
     */
    @Nullable
    public Reading read(Record<byte[], byte[]> read, long offset, long now) {
        if (!resting.isEmpty() && new DeferredRecord(offset, now, read).size() > mostBytes) {
            resting.remove(DeferredRecord.schema(read.value())); // it cannot wait, so its schema is requested at once
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

    /**
     * Tries the deferred records again, within the thread's budget for timers.
     *
     * @param handler handles those that can be read
     */
    public void retry(long now, BiConsumer<DeferredRecord, Reading> handler) {
        if (isPassDone && Math.abs(now - passAt) < RETRY_EVERY) {
            return;
        }
        passAt = now;
        resting.clear(); // also schemas of records that were too large to wait
        if (deferred.isEmpty()) {
            refused.retain(Set.of());
            return;
        }
        try (TimerBudget.Turn turn = TimerBudget.ofThread().turn(now)) {
            isPassDone = deferred.retry(turn, record -> {
                Reading reading = tryRead(record.read().value(), record.since(), now);
                if (reading != null) {
                    handler.accept(record, reading);
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

    /** {@return the reading; null if the schema is still unknown} */
    private @Nullable Reading tryRead(byte @Nullable [] value, long since, long now) {
        int schema = DeferredRecord.schema(value);
        if (resting.contains(schema) && !unknown.lacksRoom(schema)) {
            return null;
        }
        Reading reading = null;
        try {
            reading = askRegistry(value, schema, since, now);
        } catch (RegistryException failure) { // of any kind: it says nothing about the record
            noteFailure(failure);
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
        } catch (RegistryException failure) {
            noteFailure(failure);
            return refused.judge(schema, failure, now);
        }
        return judge(reading, value != null, schema, since, now);
    }

    private @Nullable Reading judge(Reading reading, boolean hasSchema, int schema, long since, long now) {
        DeadLetterCategory flaw = reading instanceof Reading.Unreadable unreadable ? unreadable.flaw() : null;
        if (reading instanceof Reading.Unreadable unreadable && flaw == DeadLetterCategory.UNKNOWN_SCHEMA) {
            reason = unreadable.error();
            return unknown.mayWait(schema, since, now) ? null : reading;
        }
        if (flaw != DeadLetterCategory.MALFORMED && hasSchema) {
            check.markProven(input.topic());
        }
        unknown.remove(schema);
        return reading;
    }

    private void defer(DeferredRecord record) {
        boolean isFirst = deferred.isEmpty();
        if (!deferred.add(record)) {
            throw new RegistryUnavailableException(
                    ("Expected the record at offset %d of %s to wait until the registry returns schema %d, but there"
                                    + " is no room for its %d bytes: %d records wait already; last failure: %s")
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

    /** The record cannot wait, and a replaced thread would meet it again. */
    private Reading tooLarge(DeferredRecord record) {
        unknown.tooLarge(record.schema());
        log.logTooLarge(record, mostBytes, reason);
        return new Reading.Unreadable(
                DeadLetterCategory.TOO_LARGE,
                ("Expected the record to wait until the registry returns schema %d, or until earlier records of its"
                                + " key are read, but it has %d bytes, and a waiting record may have %d. Send it"
                                + " again when the registry answers; last failure: %s")
                        .formatted(record.schema(), record.size(), mostBytes, reason));
    }

    private void noteFailure(RegistryException failure) {
        lastFailure = failure;
        reason = String.valueOf(failure.getMessage());
    }
}
