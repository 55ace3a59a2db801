package dev.ratchet.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers how far the partitions that are behind have come, and tells when one has caught up: when what the group
 * has committed is all there is. Asks nothing while none is behind.
 */
final class LagPoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LagPoll.class);
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Admin admin;
    private final String group;
    private final Collection<String> inputs;
    private final CatchUp catchUp;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread one = new Thread(work, "ratchet-lag");
        one.setDaemon(true);
        return one;
    });

    private @Nullable ScheduledFuture<?> polling;

    /** @param admin is closed with this */
    LagPoll(Admin admin, String group, Collection<String> inputs, CatchUp catchUp) {
        this.admin = admin;
        this.group = group;
        this.inputs = List.copyOf(inputs);
        this.catchUp = catchUp;
    }

    void start() {
        polling = thread.scheduleWithFixedDelay(this::poll, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll() {
        // Before the brokers are asked: one that is assigned meanwhile is looked at the next time.
        Set<Integer> behind = catchUp.behind();
        if (behind.isEmpty()) {
            return;
        }
        try {
            ask(behind);
        } catch (ExecutionException | RuntimeException away) {
            LOG.debug("Expected the brokers to say how far the inputs are read; they are asked again", away);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Set<Integer> behind) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = offsets(behind, OffsetSpec.latest());
        Map<TopicPartition, Long> begins = offsets(behind, OffsetSpec.earliest());
        for (int partition : behind) {
            boolean done = inputs.stream()
                    .map(topic -> new TopicPartition(topic, partition))
                    .allMatch(input -> {
                        OffsetAndMetadata read = committed.get(input);
                        long position = read == null ? begins.getOrDefault(input, 0L) : read.offset();
                        return position >= ends.getOrDefault(input, Long.MAX_VALUE);
                    });
            if (done) {
                catchUp.done(partition);
                LOG.debug("Partition {} has caught up: timers may fire", partition);
            }
        }
    }

    private Map<TopicPartition, Long> offsets(Set<Integer> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (String topic : inputs) {
            partitions.forEach(partition -> wanted.put(new TopicPartition(topic, partition), which));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((input, found) -> offsets.put(input, found.offset()));
        return offsets;
    }

    @Override
    public void close() {
        if (polling != null) {
            polling.cancel(true);
        }
        thread.shutdownNow();
        admin.close(Duration.ofSeconds(1));
    }
}
