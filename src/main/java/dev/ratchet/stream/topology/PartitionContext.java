package dev.ratchet.stream.topology;

import dev.ratchet.config.RepairSettings.Mode;
import dev.ratchet.config.Settings;
import dev.ratchet.stream.RecordForwarder;
import dev.ratchet.stream.TopologyNames;
import dev.ratchet.stream.state.CapturedOutputStore;
import dev.ratchet.stream.state.TaskStore;
import dev.ratchet.stream.state.TimerBudget;
import dev.ratchet.stream.state.TimerStore;
import dev.ratchet.stream.state.Timers;
import dev.ratchet.stream.state.WriteBehindStore;
import dev.ratchet.stream.timer.AuditBudget;
import dev.ratchet.stream.timer.DeadlineRescheduler;
import dev.ratchet.stream.timer.DueTimerHandler;
import dev.ratchet.stream.timer.FullAudit;
import dev.ratchet.stream.timer.LiveTaskSearch;
import dev.ratchet.stream.timer.RepairIssuer;
import dev.ratchet.stream.timer.Republication;
import dev.ratchet.stream.timer.SourceSilenceDetector;
import dev.ratchet.task.deadline.DeadlinePolicy;
import dev.ratchet.task.deadline.TimeLimits;
import dev.ratchet.task.deadline.TrackedTask;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** The collaborators of one partition's processor. */
record PartitionContext(
        TaskStore tasks,
        DeadlinePolicy watch,
        RecordForwarder forwarder,
        CapturedOutputStore outputs,
        DueTimerHandler dueTimers,
        SourceSilenceDetector silence,
        Timers timers,
        DeadlineRescheduler rescheduler,
        FullAudit fullAudit,
        Republication republication) {
    /** Whether repairs are on, dry runs included. */
    static boolean isRepairEnabled(Settings settings) {
        return settings.conductor().url().isPresent() && settings.repair().mode() != Mode.OFF;
    }

    private static boolean isAuditEnabled(Settings settings) {
        return settings.conductor().url().isPresent() && settings.audit().on();
    }

    /**
     * Creates the collaborators of a partition from the settings.
     *
     * @param partitions of each input topic
     */
    static PartitionContext of(
            ProcessorContext<String, Object> context, Settings settings, int partitions, ProcessorDependencies shared) {
        WriteBehindStore<String, TrackedTask> states = context.getStateStore(TopologyNames.TASK_STATES);
        TimerStore entries = context.getStateStore(TopologyNames.TIMERS);
        TimerBudget budget = TimerBudget.ofThread();
        Timers timers = new Timers(entries, budget);
        TaskStore tasks = new TaskStore(states, timers, entries);
        TimeLimits limits = limits(settings);
        DeadlinePolicy watch = new DeadlinePolicy(limits);
        RecordForwarder forwarder = new RecordForwarder(
                context,
                settings.rejections().duplicates(),
                shared.log(),
                tasks.index().alerts(),
                shared.counters());
        CapturedOutputStore outputs = new CapturedOutputStore(context.getStateStore(TopologyNames.OUTPUTS));
        Mode mode = isRepairEnabled(settings) ? settings.repair().mode() : Mode.OFF;
        Optional<AuditBudget> audits = settings.asksConductor()
                ? Optional.of(new AuditBudget(settings.auditsPerSecond(), partitions, shared.counters()))
                : Optional.empty();
        Optional<AuditBudget> dueAudits = audits.filter(any -> isAuditEnabled(settings));
        RepairIssuer repairs = new RepairIssuer(mode, settings.repair().attempts(), shared.counters());
        Duration silence = settings.source().silence();
        DueTimerHandler dueTimers =
                new DueTimerHandler(tasks, watch, forwarder, outputs, dueAudits, repairs, silence, entries::defersTask);
        return new PartitionContext(
                tasks,
                watch,
                forwarder,
                outputs,
                dueTimers,
                new SourceSilenceDetector(
                        shared.activity(),
                        shared.catchUp(),
                        silence,
                        settings.application().id(),
                        context.taskId().partition(),
                        entries,
                        new LiveTaskSearch(timers, tasks, budget),
                        forwarder,
                        tasks.index().alerts(),
                        context.currentSystemTimeMs()),
                timers,
                new DeadlineRescheduler(entries, tasks, budget, limits, mode),
                new FullAudit(context.taskId().partition(), entries, tasks, budget, audits, forwarder),
                new Republication(context.taskId().partition(), entries, tasks, budget, forwarder));
    }

    private static TimeLimits limits(Settings settings) {
        boolean audits = isAuditEnabled(settings);
        return new TimeLimits(
                settings.watch().scheduled().toMillis(),
                settings.watch().inProgress().toMillis(),
                settings.watch().terminal().toMillis(),
                settings.watch().live().toMillis(),
                settings.repair().settle().toMillis(),
                settings.repair().answer().toMillis(),
                settings.repair().capture().toMillis(),
                audits ? settings.audit().delay().toMillis() : TrackedTask.NEVER,
                audits ? settings.audit().interval().toMillis() : TrackedTask.NEVER);
    }
}
