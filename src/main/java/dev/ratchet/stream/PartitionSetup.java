package dev.ratchet.stream;

import dev.ratchet.config.Repair.Mode;
import dev.ratchet.config.Settings;
import dev.ratchet.config.Source.Kind;
import dev.ratchet.task.Source;
import dev.ratchet.watch.Limits;
import dev.ratchet.watch.Watch;
import dev.ratchet.watch.Watched;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Sets a partition up, by the settings.
 *
 * @param partitions how many there are
 */
record PartitionSetup(Settings settings, int partitions, Shared shared) {

    /** Whether lost ends are repaired, or it is at least said how. */
    static boolean repairs(Settings settings) {
        return settings.conductor().url().isPresent() && settings.repair().mode() != Mode.OFF;
    }

    private static boolean audits(Settings settings) {
        return settings.conductor().url().isPresent() && settings.audit().on();
    }

    /** Whether events of this source have no say here: change data capture sees all that the webhook does, and more. */
    boolean refuses(Source source) {
        return source == Source.WEBHOOK && settings.source().kind() == Kind.DEBEZIUM;
    }

    /** How often a repair may fail. */
    int attempts() {
        return settings.repair().attempts();
    }

    Partition of(ProcessorContext<String, Object> context) {
        GatheringStore<String, Watched> states = context.getStateStore(Nodes.TASK_STATES);
        TimerStore entries = context.getStateStore(Nodes.TIMERS);
        TimerBudget budget = TimerBudget.ofThread();
        Timers timers = new Timers(entries, budget);
        TaskStore tasks = new TaskStore(states, timers);
        Limits limits = limits();
        Watch watch = new Watch(limits);
        Outlets outlets = new Outlets(context, settings.rejections().duplicates());
        Outputs outputs = new Outputs(context.getStateStore(Nodes.OUTPUTS));
        Mode mode = repairs(settings) ? settings.repair().mode() : Mode.OFF;
        Optional<AuditBudget> audits = audits(settings)
                ? Optional.of(new AuditBudget(settings.audit().perSecond(), partitions, shared.tally()))
                : Optional.empty();
        DueRepairs repairs = new DueRepairs(mode, attempts(), shared.tally());
        Duration silence = settings.source().silence();
        Caretaker caretaker =
                new Caretaker(tasks, watch, outlets, outputs, audits, repairs, silence, entries::defersTask);
        return new Partition(
                tasks,
                watch,
                outlets,
                outputs,
                caretaker,
                new Silence(
                        shared,
                        silence,
                        settings.application().id(),
                        context.taskId().partition(),
                        entries,
                        new LiveTaskSearch(timers, tasks, budget),
                        outlets),
                timers,
                new DeadlineSweep(entries, tasks, budget, limits, mode));
    }

    private Limits limits() {
        boolean audits = audits(settings);
        return new Limits(
                settings.watch().scheduled().toMillis(),
                settings.watch().inProgress().toMillis(),
                settings.watch().terminal().toMillis(),
                settings.watch().live().toMillis(),
                settings.repair().settle().toMillis(),
                settings.repair().answer().toMillis(),
                settings.repair().capture().toMillis(),
                audits ? settings.audit().delay().toMillis() : Watched.NEVER,
                audits ? settings.audit().interval().toMillis() : Watched.NEVER);
    }
}
