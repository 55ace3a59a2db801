package dev.ratchet.repair.worker;

import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.conductor.ConductorClient;
import dev.ratchet.config.Settings;
import dev.ratchet.registry.SchemaRegistry;
import dev.ratchet.repair.RepairProtocol;
import dev.ratchet.v1.RepairCommand;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the commands of the repair commands topic in its own thread, at least once each. A command that is executed
 * again finds the task already consistent. While Conductor is unavailable, commands wait.
 */
public final class RepairWorker implements AutoCloseable {
    /** Per command; each further attempt is a command of its own. */
    private static final int MAX_WRITES = 3;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);
    private static final Duration INTERRUPT_WITHIN = Duration.ofSeconds(8);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(RepairWorker.class);

    private final String topic;
    private final ShutdownSignal stop = new ShutdownSignal();
    private final ResultPublisher publisher;
    private final KafkaConsumer<String, byte[]> consumer;
    private final InfrastructureRetry retry;
    private final ConductorAvailability availability;
    private final RepairLoop loop;
    private final Runnable onEnd;
    private volatile @Nullable Throwable failure;
    private final Thread thread = new Thread(this::run, "repair-worker");

    /**
     * Creates the worker and registers its schemas.
     *
     * @param counters counts every result
     * @param onEnd runs if the worker fails
     * @throws dev.ratchet.registry.RegistryException if the registry does not answer, or refuses a schema
     * @throws org.apache.kafka.common.KafkaException if Kafka rejects a {@code kafka.*} setting
     */
    public RepairWorker(
            Settings settings,
            SchemaRegistry registry,
            ConductorClient conductor,
            RepairCounters counters,
            Runnable onEnd) {
        this(
                settings,
                registry,
                conductor,
                counters,
                onEnd,
                backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), RandomGenerator.getDefault()),
                backoff(Duration.ofMillis(200), Duration.ofSeconds(2), RandomGenerator.getDefault()));
    }

    /** @param unavailable pause after a request that Conductor, Kafka or the schema registry did not answer */
    RepairWorker(
            Settings settings,
            SchemaRegistry registry,
            ConductorClient conductor,
            RepairCounters counters,
            Runnable onEnd,
            IntervalFunction unavailable,
            IntervalFunction betweenWrites) {
        this.topic = settings.topics().repairCommands();
        this.onEnd = onEnd;
        this.publisher = new ResultPublisher(settings, registry);
        this.consumer = WorkerKafkaClients.consumer(settings);
        Clock clock = Clock.systemUTC();
        this.retry = new InfrastructureRetry(unavailable, stop);
        this.availability = new ConductorAvailability(unavailable, System::nanoTime);
        RepairProtocol protocol =
                new RepairProtocol(conductor, MAX_WRITES, writes -> stop.sleep(betweenWrites.apply(writes)));
        Deserializer<RepairCommand> commands =
                new AvroSerdes(settings.serde(), registry).deserializer(RepairCommand.class);
        this.loop = new RepairLoop(
                consumer,
                new CommandReader(commands, settings.repair().mode()),
                new CommandHandler(settings.repair().mode(), conductor, protocol, publisher, retry, counters, clock),
                availability,
                retry,
                stop,
                counters,
                CommandExpiry.of(settings, clock));
    }

    /** Exponential backoff with full jitter: between 0 and a bound that doubles with each try, up to the longest. */
    static IntervalFunction backoff(Duration first, Duration longest, RandomGenerator random) {
        IntervalFunction bound = IntervalFunction.ofExponentialBackoff(first, 2, longest);
        return tries -> random.nextLong(bound.apply(tries) + 1);
    }

    public void start() {
        thread.start();
    }

    /** Kafka's metrics of the worker's consumer and producer, as of now. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        Map<MetricName, Metric> all = new HashMap<>(consumer.metrics());
        all.putAll(publisher.kafkaMetrics());
        return all;
    }

    /** Why the worker failed; empty while it runs, and if it was closed. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** What the worker does now. Does not wait for anything. */
    public WorkerStatus status() {
        Thread.State state = thread.getState();
        return new WorkerStatus(
                state != Thread.State.TERMINATED,
                state == Thread.State.NEW ? Duration.ZERO : retry.sinceLastTry(),
                loop.pending(),
                availability.since(),
                availability.answeredAt());
    }

    /** Aborts the current command and leaves the consumer group. Returns within about 10 seconds. */
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
            thread.interrupt(); // for example out of a request to Conductor
            thread.join(INTERRUPT_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn(
                    "RATCHET-2112 The repair worker did not stop in time; its last command may be executed again after the"
                            + " next start. timeout={}",
                    STOP_WITHIN.plus(INTERRUPT_WITHIN));
        }
    }

    private void run() {
        try {
            loop.run(topic);
        } catch (RuntimeException | Error e) { // an Error would end the thread silently
            if (stop.isRequested() && e instanceof RuntimeException) {
                LOG.debug("Shutdown requested", e); // a wakeup or an interrupt
            } else {
                failure = e;
                LOG.error(
                        "RATCHET-2114 The repair worker failed, so the process ends with exit code 1. error={}",
                        e.toString(),
                        e);
            }
        }
        Thread.interrupted(); // the rest is quick
        try {
            closeClients();
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "RATCHET-2113 The repair worker could not close its Kafka clients; its last commands may be executed again",
                    e);
        }
        if (failure != null) {
            onEnd.run();
        }
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
            loop.commit(); // the wakeup was meant for the poll
        } catch (KafkaException e) {
            LOG.info(
                    "The offsets of the last commands are not committed; they are executed again. error={}",
                    e.getMessage());
        }
    }
}
