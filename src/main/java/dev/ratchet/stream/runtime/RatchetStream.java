package dev.ratchet.stream.runtime;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.FailureText;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.stream.progress.ConsumedPositions;
import dev.ratchet.stream.progress.ConsumerLagMonitor;
import dev.ratchet.stream.progress.PeriodicTask;
import dev.ratchet.stream.progress.SourceActivityMonitor;
import dev.ratchet.stream.progress.UnreadInputs;
import dev.ratchet.stream.topology.ProcessorDependencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the topology. Replaces failed stream threads, up to five times in ten minutes for each thread; after that the
 * stream ends and the process exits with code 1.
 */
public final class RatchetStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RatchetStream.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);
    private static final int SECONDS_TO_REPLACE = 5;

    private final KafkaStreams streams;
    private final StreamAdmin admin;
    private final OrphanedTransactions orphaned;
    private final Watchdog watchdog;
    private final List<PeriodicTask> monitors = new ArrayList<>();
    private final RestoreTracker restoreTracker = new RestoreTracker();
    private final StreamStatusReader status;
    private final TaskQueries queries;
    private final int threads;
    private final ThreadFailureHandler failures;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean staticMember;
    private boolean closed;

    /**
     * @param partitions of each input topic
     * @throws org.apache.kafka.common.KafkaException if Kafka rejects the {@code kafka.*} settings
     */
    public RatchetStream(Topology topology, Settings settings, int partitions, ProcessorDependencies shared) {
        this(topology, settings, partitions, shared, Watchdog.LIMIT);
    }

    RatchetStream(
            Topology topology, Settings settings, int partitions, ProcessorDependencies shared, Duration stallLimit) {
        this.staticMember = settings.kafka().keySet().stream()
                .anyMatch(name -> name.endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        Map<String, Object> config = StreamsProperties.of(settings);
        ConsumedPositions.install(config, shared.catchUp());
        StreamsConfig checked = new StreamsConfig(config);
        this.streams = new KafkaStreams(topology, checked, new MonotonicTime());
        this.queries =
                new KafkaTaskQueries(streams, checked.getString(StreamsConfig.APPLICATION_SERVER_CONFIG), partitions);
        this.threads = checked.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
        this.failures = new ThreadFailureHandler(threads);
        this.admin = StreamAdmin.of(settings);
        List<String> inputs = StreamTopics.inputs(settings);
        monitors.add(new ConsumerLagMonitor(admin, inputs, shared.catchUp()));
        SourceActivityMonitor activity = new SourceActivityMonitor(
                admin,
                StreamTopics.sourceTopics(settings).stream()
                        .flatMap(topic -> IntStream.range(0, partitions)
                                .mapToObj(partition -> new TopicPartition(topic, partition)))
                        .toList(),
                settings.source().silence(),
                shared.activity());
        monitors.add(activity);
        UnreadInputs unread = new UnreadInputs(shared.catchUp(), inputs, StreamTopics.written(settings), admin);
        StreamProgress progress = new StreamProgress(
                streams, unread, restoreTracker, Watchdog.interval(stallLimit).toSeconds());
        this.watchdog =
                new Watchdog(stallLimit, progress::now, settings.application().stateDirectory(), this::end);
        monitors.add(watchdog);
        this.orphaned = OrphanedTransactions.of(streams, settings, admin);
        streams.setUncaughtExceptionHandler(thrown -> failures.handle(thrown, stopping, this::end));
        streams.setStateListener(this::onChange);
        streams.setGlobalStateRestoreListener(restoreTracker);
        this.status =
                StreamStatusReader.of(streams, inputs, shared.catchUp(), unread, restoreTracker, watchdog, activity);
    }

    /** @param tracked ends the stream when partitions were added; closed with this object */
    RatchetStream withPartitionCountMonitor(PartitionCountMonitor tracked) {
        tracked.setOnChange(this::end);
        monitors.add(tracked);
        return this;
    }

    /** Starts the stream. Returns at once, or after some seconds if the brokers do not answer. */
    public void start() {
        orphaned.start();
        if (isStopping()) {
            return;
        }
        streams.start();
        monitors.forEach(PeriodicTask::start);
    }

    Watchdog watchdog() {
        return watchdog;
    }

    /** The state of Kafka Streams; {@link State#RUNNING} once it has its partitions and has restored their state. */
    public State state() {
        return streams.state();
    }

    /** Kafka's metrics of the stream and its clients, as of now. */
    public Map<MetricName, ? extends Metric> kafkaMetrics() {
        return streams.metrics();
    }

    /** What the stream does now. Does not wait for a broker. */
    public StreamStatus status() {
        return status.read(Optional.ofNullable(failure.get()));
    }

    /** {@return queries of all tasks; usable while the stream starts and stops, too} */
    public TaskQueries queries() {
        return queries;
    }

    /** Waits until the stream has ended. {@return the failure that ended it; empty if it was closed} */
    public Optional<Throwable> awaitEnd() throws InterruptedException {
        int secondsWithMissingThread = 0;
        while (!ended.await(1, TimeUnit.SECONDS)) {
            int live = countLiveThreads();
            secondsWithMissingThread = live < threads ? secondsWithMissingThread + 1 : 0;
            if (secondsWithMissingThread == SECONDS_TO_REPLACE) {
                String expected = "Expected %d stream threads to run, but got %d".formatted(threads, live);
                LOG.error(
                        "RATCHET-1004 {}: a failed thread could not be replaced. The process ends; start it"
                                + " again.",
                        expected);
                end(new IllegalStateException(expected));
            }
        }
        return Optional.ofNullable(failure.get());
    }

    /**
     * Kafka Streams reports no failure when it cannot create a replacement thread, for example when the brokers' host
     * name does not resolve.
     */
    private int countLiveThreads() {
        return streams.state().isRunningOrRebalancing()
                ? streams.metadataForLocalThreads().size()
                : threads;
    }

    /**
     * Finishes the current records, commits and leaves the group, so that other instances need not wait for the session
     * to expire. A static member stays in the group. Waits up to 30 s.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        LOG.info("Stopping");
        stopping.countDown();
        monitors.forEach(PeriodicTask::close);
        orphaned.close();
        admin.close();
        CloseOptions options = CloseOptions.timeout(CLOSE_TIMEOUT)
                .withGroupMembershipOperation(
                        staticMember ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP);
        if (streams.close(options)) {
            LOG.info("Stopped. The local state is kept for the next start");
        } else {
            LOG.warn(
                    "RATCHET-1005 Expected the stream to stop within {}, but it is still running. The next"
                            + " start rebuilds the state from Kafka. Nothing is lost.",
                    CLOSE_TIMEOUT);
        }
        Optional.ofNullable(failure.get())
                .map(FailureText::describe)
                .ifPresent(cause -> LOG.error("RATCHET-1018 The process exits with code 1: {}", cause));
        ended.countDown();
    }

    private void onChange(State now, State before) {
        LOG.info("Stream is {}{}", now, now == State.RUNNING ? ": records of all its partitions are processed" : "");
        restoreTracker.onChange(now, before);
        orphaned.onChange(now, before);
        if (now == State.ERROR && !isStopping()) {
            end(new IllegalStateException("Expected the stream to run, but it is in ERROR"));
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void end(Throwable cause) {
        failure.compareAndSet(null, cause);
        ended.countDown();
    }
}
