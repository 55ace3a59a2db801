package dev.ratchet.repair.worker;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.RepairProtocol;
import dev.ratchet.v1.RepairCommand;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the commands of the topic for repairs, in a thread of its own: at least once each. A command that comes
 * again finds done what was done. While Conductor is away, commands wait.
 */
public final class RepairWorker implements AutoCloseable {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final Duration INTERRUPT_WITHIN = Duration.ofSeconds(8);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(RepairWorker.class);

    private final String topic;
    private final ShutdownSignal stop = new ShutdownSignal();
    private final ResultPublisher publisher;
    private final KafkaConsumer<String, byte[]> consumer;
    private final RepairLoop loop;
    private final Runnable onEnd;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "repairer");

    /**
     * A repairer that is ready to be started, its schemas registered.
     *
     * @param conductor whom it asks
     * @param counters where everything that comes of it is counted
     * @param onEnd run if it cannot go on
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or refuses a schema
     * @throws org.apache.kafka.common.KafkaException if the {@code kafka.*} settings are not what Kafka takes
     */
    public RepairWorker(
            Settings settings,
            SchemaRegistry registry,
            ConductorClient conductor,
            RepairCounters counters,
            Runnable onEnd) {
        this(settings, registry, conductor, counters, onEnd, RetrySettings.defaults());
    }

    RepairWorker(
            Settings settings,
            SchemaRegistry registry,
            ConductorClient conductor,
            RepairCounters counters,
            Runnable onEnd,
            RetrySettings retrySettings) {
        this.topic = settings.topics().repairCommands();
        this.onEnd = onEnd;
        this.publisher = new ResultPublisher(settings, registry);
        this.consumer = WorkerKafkaClients.consumer(settings);
        Clock clock = Clock.systemUTC();
        InfrastructureRetry retry = new InfrastructureRetry(retrySettings.infrastructureFailure(), stop);
        RepairProtocol protocol = new RepairProtocol(
                conductor, retrySettings.writes(), retrySettings.betweenWrites(), stop.repairSleeper());
        Deserializer<RepairCommand> commands =
                new AvroSerdes(settings.serde(), registry).deserializer(RepairCommand.class);
        this.loop = new RepairLoop(
                consumer,
                new CommandReader(commands, settings.repair().mode()),
                new CommandHandler(settings.repair().mode(), conductor, protocol, publisher, retry, counters, clock),
                new ConductorAvailability(retrySettings.conductorUnavailable(), System::nanoTime),
                retry,
                stop,
                counters,
                CommandExpiry.of(settings, clock));
    }

    /** Starts; returns at once. */
    public void start() {
        thread.start();
    }

    /** What it could not get over; empty while it runs, and if it was closed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Leaves off what it is at, and leaves the group. Returns within some ten seconds. */
    @Override
    public void close() {
        stop.request();
        if (thread == Thread.currentThread()) {
            return;
        }
        if (thread.getState() == Thread.State.NEW) {
            closeClients();
            return;
        }
        consumer.wakeup();
        try {
            thread.join(STOP_WITHIN.toMillis());
            thread.interrupt(); // out of a question to Conductor, say
            thread.join(INTERRUPT_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "Expected the repairer to stop within {}, but it is still at work",
                    STOP_WITHIN.plus(INTERRUPT_WITHIN));
        }
    }

    private void run() {
        try {
            loop.run(topic);
        } catch (ShutdownSignal.ShutdownException e) {
            LOG.debug("Told to end", e);
        } catch (RuntimeException e) {
            if (stop.isRequested()) {
                LOG.debug("Told to end", e); // a wakeup, or an interrupt in one of its many forms
            } else {
                onFailure(e);
            }
        } catch (Error e) { // else the thread would end unseen, and nothing be repaired any more
            onFailure(e);
        }
        Thread.interrupted(); // what is left to do is quick
        try {
            closeClients();
        } catch (RuntimeException | Error e) {
            LOG.warn("The repairer did not close its Kafka clients. Commands it carried out may come again", e);
        }
        if (failure.get() != null) {
            onEnd.run();
        }
    }

    private void onFailure(Throwable cause) {
        failure.set(cause);
        LOG.error("The repairer cannot go on, so the process ends: {}", cause.toString(), cause);
    }

    private void closeClients() {
        try (publisher) {
            commit();
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
        }
    }

    private void commit() {
        try {
            loop.commit();
        } catch (WakeupException e) {
            loop.commit(); // that one was for the poll
        } catch (KafkaException e) {
            LOG.info("Commands carried out last are not committed, and will be asked about again: {}", e.getMessage());
        }
    }
}
