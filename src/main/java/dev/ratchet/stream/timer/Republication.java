package dev.ratchet.stream.timer;

import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.state.PartitionValue;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.timer.TaskWalk.Visit;
import org.apache.kafka.common.utils.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the current status of all tasks of one partition again, on request: the changelog was lost ({@code ratchet
 * republish}, docs/decisions/0027). No state of a task changes.
 */
public final class Republication {
    private static final Logger LOG = LoggerFactory.getLogger(Republication.class);
    private static final Bytes PROGRESS = PartitionValue.REPUBLICATION.key();

    private final int partition;
    private final TaskWalk walk;
    private final RecordForwarder forwarder;

    public Republication(
            int partition, TimerStore store, TaskStore tasks, TimerBudget budget, RecordForwarder forwarder) {
        this.partition = partition;
        this.walk = new TaskWalk(PROGRESS, "republish", store, tasks, budget);
        this.forwarder = forwarder;
    }

    /** Begins, in place of a request that still runs. Nothing if it is the last request, read again. */
    public void request(String requestId) {
        if (walk.request(requestId, true)) {
            LOG.info("Publishing the tasks of partition {} again begins. request={}", partition, requestId);
        }
    }

    /** As {@link #request}, before the first record: without tasks by then, there is nothing to publish again. */
    public void requestAtStart(String requestId) {
        request(requestId);
        if (walk.isWithoutTasks()) {
            walk.end();
        }
    }

    /** Publishes the next tasks, if there is a request. {@code now} in ms. */
    public void advance(long now) {
        if (!walk.progress().running()) {
            return;
        }
        String requestId = walk.progress().requestId();
        boolean ended = walk.advance(
                now,
                found -> found.map(tracked -> {
                            forwarder.changeAgain(tracked.task(), requestId);
                            return Visit.ISSUED;
                        })
                        .orElse(Visit.SKIPPED));
        if (ended) {
            LOG.info(
                    "Published {} tasks of partition {} again. request={}",
                    walk.progress().issued(),
                    partition,
                    requestId);
        }
    }
}
