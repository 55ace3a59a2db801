package dev.ratchet.repair.worker;

import dev.ratchet.conductor.ConductorUnavailableException;
import dev.ratchet.registry.RegistryException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads commands and has them carried out, one at a time; polls between any two, so that the group counts on it. */
final class RepairLoop {
    private static final Duration IDLE = Duration.ofMillis(500);

    /** While all that is there rests, which may be over at any time. */
    private static final Duration RESTING = Duration.ofMillis(50);

    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(RepairLoop.class);

    private final Consumer<String, byte[]> consumer;
    private final CommandReader reader;
    private final CommandHandler attendant;
    private final ConductorAvailability away;
    private final InfrastructureRetry retry;
    private final ShutdownSignal stop;
    private final RepairCounters counters;
    private final CommandExpiry expiry;
    private final CommandQueue backlog = new CommandQueue();
    private final OffsetCommitter commits;
    private final UnansweredCommands unanswered;
    private long lastCommit = System.nanoTime();
    private boolean isIdle;

    RepairLoop(
            Consumer<String, byte[]> consumer,
            CommandReader reader,
            CommandHandler attendant,
            ConductorAvailability away,
            InfrastructureRetry retry,
            ShutdownSignal stop,
            RepairCounters counters,
            CommandExpiry expiry) {
        this.consumer = consumer;
        this.reader = reader;
        this.attendant = attendant;
        this.away = away;
        this.retry = retry;
        this.stop = stop;
        this.counters = counters;
        this.expiry = expiry;
        this.commits = new OffsetCommitter(consumer, backlog);
        this.unanswered = new UnansweredCommands(away, backlog, attendant, expiry);
    }

    /** Until told to stop, by one of the exceptions that go with it, or by one that there is no getting over. */
    void run(String topic) {
        consumer.subscribe(List.of(topic), commits);
        while (!stop.isTold()) {
            // From before the poll: what is tried again must not keep others from being read.
            boolean mayAsk = away.left().isZero();
            readOnOrNot(mayAsk);
            ConsumerRecords<String, byte[]> records = retry.call(() -> consumer.poll(patience(mayAsk)));
            records.forEach(this::take);
            dropAudits();
            // While there is more to read there may be repairs behind the audits.
            PendingCommand next =
                    mayAsk ? backlog.next(records.isEmpty() || backlog.hasManyAudits(), away.now()) : null;
            if (next != null) {
                attend(next);
            }
            isIdle = next == null;
            if (System.nanoTime() - lastCommit > BETWEEN_COMMITS.toNanos()) {
                commit();
            }
        }
    }

    void commit() {
        commits.commit();
        lastCommit = System.nanoTime();
    }

    private Duration patience(boolean mayAsk) {
        if (mayAsk) {
            if (backlog.isEmpty()) {
                return IDLE;
            }
            return isIdle ? RESTING : Duration.ZERO;
        }
        Duration left = away.left();
        return left.compareTo(IDLE) < 0 ? left : IDLE;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        try {
            Command order = retry.call(() -> reader.read(record));
            backlog.add(new PendingCommand(partition, record.offset(), order));
        } catch (RegistryException e) {
            throw e; // it is the registry that is in the way, and not the record
        } catch (SerializationException e) {
            LOG.warn("Command at offset {} of {} is passed over: {}", record.offset(), partition, e.getMessage());
            counters.countUnreadable();
            attendant.refuse(record, e);
            backlog.pass(partition, record.offset());
        }
    }

    /** Those too old, as the next ones are due, and those too many. */
    private void dropAudits() {
        for (PendingCommand first = backlog.firstAudit(); first != null; first = backlog.firstAudit()) {
            if (!backlog.hasManyAudits() && !expiry.isOver(first.order)) {
                return;
            }
            backlog.dropFirstAudit();
            counters.countDroppedAudit();
        }
    }

    private void attend(PendingCommand waiting) {
        try {
            attendant.attend(waiting.order);
            away.answered();
        } catch (ConductorUnavailableException e) {
            if (stop.isTold()) {
                throw new ShutdownSignal.Stopped();
            }
            if (!unanswered.isEnd(waiting, e)) {
                return;
            }
        }
        backlog.done(waiting);
        if (waiting.isRepair()) {
            commit();
        }
    }

    /** What is not read stays on the topic; polling goes on all the same. */
    private void readOnOrNot(boolean mayAsk) {
        if (mayAsk && !backlog.hasManyRepairs()) {
            consumer.resume(consumer.paused());
        } else {
            consumer.pause(consumer.assignment());
        }
    }
}
