package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.log.LogThrottle;
import dev.ratchet.registry.RegistryException;
import dev.ratchet.trace.TraceHeaders;
import dev.ratchet.v1.RepairCommand;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads commands, executes them one at a time, and commits their offsets. Polls between any two, so that it stays in the
 * consumer group.
 */
final class RepairLoop implements ConsumerRebalanceListener {
    private static final Duration IDLE = Duration.ofMillis(500);

    /** Poll timeout while all queued commands wait for their next try. */
    private static final Duration RESTING = Duration.ofMillis(50);

    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);
    private static final Duration COMMIT_TIMEOUT = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(RepairLoop.class);

    private final Consumer<String, byte[]> consumer;
    private final CommandReader reader;
    private final CommandHandler handler;
    private final ConductorAvailability availability;
    private final InfrastructureRetry retry;
    private final ShutdownSignal stop;
    private final LogThrottle dropped = new LogThrottle();
    private final RepairCounters counters;
    private final CommandExpiry expiry;
    private final CommandQueue queue = new CommandQueue();
    private final UnansweredCommands unanswered;
    private long lastCommit = System.nanoTime();
    private boolean isIdle;
    private volatile int pending;

    RepairLoop(
            Consumer<String, byte[]> consumer,
            CommandReader reader,
            CommandHandler handler,
            ConductorAvailability availability,
            InfrastructureRetry retry,
            ShutdownSignal stop,
            RepairCounters counters,
            CommandExpiry expiry) {
        this.consumer = consumer;
        this.reader = reader;
        this.handler = handler;
        this.availability = availability;
        this.retry = retry;
        this.stop = stop;
        this.counters = counters;
        this.expiry = expiry;
        this.unanswered = new UnansweredCommands(availability, queue, handler, expiry);
    }

    /** Runs until shutdown is requested. Throws if that interrupts it, and for any error that a retry cannot fix. */
    void run(String topic) {
        consumer.subscribe(List.of(topic), this);
        while (!stop.isRequested()) {
            // Taken before the poll: a retry must not keep other commands from being read.
            boolean mayAsk = availability.remainingPause().isZero();
            pauseOrResume(mayAsk);
            ConsumerRecords<String, byte[]> records = retry.call(() -> consumer.poll(pollTimeout(mayAsk)));
            records.forEach(this::enqueue);
            dropAudits();
            // While the topic has more records, repairs may follow the audits.
            PendingCommand next =
                    mayAsk ? queue.next(records.isEmpty() || queue.hasManyAudits(), availability.now()) : null;
            if (next != null) {
                execute(next);
            } else if (mayAsk && queue.isEmpty() && availability.since().isPresent()) {
                probe();
            }
            isIdle = next == null;
            pending = queue.size();
            if (System.nanoTime() - lastCommit > BETWEEN_COMMITS.toNanos()) {
                commit();
            }
        }
    }

    /** {@return the number of commands that are read and not executed; thread-safe} */
    int pending() {
        return pending;
    }

    /** Commits the offsets of completed commands. A failed commit is made up for by the next one, or by the next owner. */
    void commit() {
        lastCommit = System.nanoTime();
        Map<TopicPartition, OffsetAndMetadata> offsets = queue.committable();
        if (offsets.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(offsets, COMMIT_TIMEOUT);
            queue.markCommitted(offsets);
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException e) {
            // The next owner of the partition executes them again and finds the tasks consistent.
            LOG.info("Offsets of commands are not committed. offsets={}, error={}", offsets, e.getMessage());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
        queue.removePartitions(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        queue.removePartitions(partitions);
    }

    private Duration pollTimeout(boolean mayAsk) {
        if (mayAsk) {
            if (queue.isEmpty()) {
                return IDLE;
            }
            return isIdle ? RESTING : Duration.ZERO;
        }
        Duration left = availability.remainingPause();
        return left.compareTo(IDLE) < 0 ? left : IDLE;
    }

    private void enqueue(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Headers trace = TraceHeaders.of(record.headers());
        RepairCommand command = null;
        try {
            command = retry.call(() -> reader.decode(record));
            queue.add(new PendingCommand(partition, record.offset(), reader.parse(command), trace));
        } catch (RegistryException e) {
            throw e; // the registry failed; the record may be good
        } catch (SerializationException | IllegalArgumentException e) {
            LOG.warn(
                    "RATCHET-2105 Skipped a command that cannot be read. partition={}, offset={}, error={}",
                    partition,
                    record.offset(),
                    e.getMessage());
            counters.count(RepairCounters.Other.UNREADABLE_COMMAND);
            handler.reject(record.key(), command, trace, e);
            queue.skip(partition, record.offset());
        }
    }

    /** Drops audits that are expired, because the next ones are due, and those beyond the limit. */
    private void dropAudits() {
        for (PendingCommand first = queue.firstAudit(); first != null; first = queue.firstAudit()) {
            if (!queue.hasManyAudits() && !expiry.isExpired(first.command)) {
                return;
            }
            queue.dropFirstAudit();
            counters.count(RepairCounters.Other.DROPPED_AUDIT);
            int since = dropped.add(System.currentTimeMillis());
            if (since > 0) {
                LOG.warn(
                        "RATCHET-2115 Dropped audits that waited too long: Conductor is unavailable or answers more slowly"
                                + " than ratchet.audit.rate. Lower the rate, and run 'ratchet audit' again if one was"
                                + " requested. audits={}",
                        since);
            }
        }
    }

    private void execute(PendingCommand pending) {
        try {
            handler.execute(pending.command, pending.trace);
            availability.onAnswer();
        } catch (ConductorUnavailableException e) {
            if (stop.isRequested()) {
                throw new WakeupException();
            }
            if (!unanswered.giveUpOrRequeue(pending, e)) {
                return;
            }
        }
        queue.complete(pending);
        if (pending.command.isRepair()) {
            commit();
        }
    }

    /** Without commands nothing else would show that Conductor is available again. */
    private void probe() {
        if (handler.probeConductor()) {
            availability.onAnswer();
        } else {
            availability.onUnansweredProbe();
        }
    }

    /** While paused, records stay on the topic and polling continues. */
    private void pauseOrResume(boolean mayAsk) {
        if (mayAsk && !queue.hasManyRepairs()) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
    }
}
