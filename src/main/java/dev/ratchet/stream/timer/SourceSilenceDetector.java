package dev.ratchet.stream.timer;

import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.progress.CatchUpTracker;
import dev.ratchet.stream.progress.SourceActivityTracker;
import dev.ratchet.stream.state.OpenAlerts;
import dev.ratchet.stream.state.PartitionValue;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.task.Alert.Phase;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.common.utils.Bytes;

/**
 * Raises SOURCE_SILENT when the source writes nothing while tasks are live: then the source is stuck, not its tasks.
 *
 * <p>Partition 0 raises it for all partitions, so it is raised once, and resolved before it is raised again. Its store
 * holds the reported silence: whichever thread or process owns the partition later knows that the alert is open.
 */
public final class SourceSilenceDetector {
    private static final int REPORTER = 0;
    private static final Bytes REPORTED = PartitionValue.REPORTED_SILENCE.key();

    private final SourceActivityTracker activity;
    private final CatchUpTracker catchUp;
    private final Duration limit;
    private final String application;
    private final int partition;
    private final TimerStore store;
    private final LiveTaskSearch liveTasks;
    private final RecordForwarder forwarder;

    /** The silence that this partition has reported, and the one in which it has reported a task as stuck. */
    private long reported;

    private long withStuckTask = SourceActivityTracker.UNKNOWN;

    /**
     * @param application the application id, used in place of a task id
     * @param partition its number
     * @param alerts the index of open alerts, which is brought into line with what was reported
     * @param now ms
     */
    public SourceSilenceDetector(
            SourceActivityTracker activity,
            CatchUpTracker catchUp,
            Duration limit,
            String application,
            int partition,
            TimerStore store,
            LiveTaskSearch liveTasks,
            RecordForwarder forwarder,
            OpenAlerts alerts,
            long now) {
        this.activity = activity;
        this.catchUp = catchUp;
        this.limit = limit;
        this.application = application;
        this.partition = partition;
        this.store = store;
        this.liveTasks = liveTasks;
        this.forwarder = forwarder;
        byte[] kept = store.get(REPORTED);
        reported = kept == null
                ? SourceActivityTracker.UNKNOWN
                : ByteBuffer.wrap(kept).getLong();
        if (kept != null) {
            activity.markReported(reported);
        }
        alerts.alignSilence(application, kept != null, now);
    }

    /** Searches for live tasks if the source is silent, and opens or resolves the alert. */
    public void check(long now) {
        if (reported != SourceActivityTracker.UNKNOWN) {
            if (activity.hasEnded(reported)) {
                resolveAlert();
            }
            return;
        }
        OptionalLong silence = activity.silence(limit);
        if (silence.isEmpty()) {
            return;
        }
        if (!activity.hasLiveTasks(silence.getAsLong()) && liveTasks.advance(silence.getAsLong(), now)) {
            activity.markLiveTasks(silence.getAsLong());
        }
        if (partition == REPORTER && activity.hasLiveTasks(silence.getAsLong())) {
            openAlert(silence.getAsLong());
        }
    }

    /**
     * Whether a due task is not reported as stuck, because the source is silent. If the process does not own partition
     * 0, one task is reported all the same: no other process may have a live task, and then nobody would raise
     * SOURCE_SILENT.
     */
    public boolean isSourceSilent() {
        OptionalLong silence = activity.silence(limit);
        if (silence.isEmpty()) {
            return false;
        }
        if (catchUp.isAssigned(REPORTER)
                || withStuckTask == silence.getAsLong()
                || !activity.claimStuckTask(silence.getAsLong(), partition)) {
            return true;
        }
        withStuckTask = silence.getAsLong();
        return false;
    }

    private void openAlert(long silence) {
        reported = silence;
        activity.markReported(silence);
        store.put(REPORTED, ByteBuffer.allocate(Long.BYTES).putLong(silence).array());
        forwarder.silence(
                application,
                Phase.OPENED,
                "The source has written nothing for " + limit
                        + " while tasks are live. Until it does, tasks are not reported as STUCK. Look at Conductor, at"
                        + " the connector or the producers, and at the input topics.");
    }

    private void resolveAlert() {
        forwarder.silence(application, Phase.RESOLVED, "The source has written again.");
        store.put(REPORTED, null);
        reported = SourceActivityTracker.UNKNOWN;
    }
}
