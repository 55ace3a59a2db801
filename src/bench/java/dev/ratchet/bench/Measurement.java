package dev.ratchet.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Has a process work through a topic, and tells what it cost. */
final class Measurement {
    private static final Duration LOOK = Duration.ofMillis(200);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Until then the JVM is still compiling: its cost is told apart. */
    private static final double WARM = 0.5;

    /**
     * What it cost.
     *
     * @param warm CPU time a record, µs, over the second half
     * @param whole the same over all of it, with the start of the JVM
     * @param perSecond records a second, by the clock, over the second half
     */
    record Cost(double warm, double whole, double perSecond) {}

    private record Sample(long nanos, Duration cpu, long done) {}

    private final Cluster cluster;
    private final List<String> options;

    /** @param options of the JVM that is measured */
    Measurement(Cluster cluster, List<String> options) {
        this.cluster = cluster;
        this.options = options;
    }

    Cost of(Subject subject, Run run, String topic) throws Exception {
        return of(subject, run, topic, Child::close);
    }

    /** As {@link #of}; then it is killed. */
    Cost ofKilled(Subject subject, Run run, String topic) throws Exception {
        return of(subject, run, topic, Child::kill);
    }

    private Cost of(Subject subject, Run run, String topic, Consumer<Child> terminalReport) throws Exception {
        String name = run.name();
        long all = cluster.records(topic);
        try (Child child = start(subject, run)) {
            Sample warm = await(child, name, topic, (long) (WARM * all));
            Sample end = await(child, name, topic, all);
            terminalReport.accept(child);
            return new Cost(
                    micros(end.cpu().minus(warm.cpu()), end.done() - warm.done()),
                    micros(end.cpu(), all),
                    1e9 * (end.done() - warm.done()) / (end.nanos() - warm.nanos()));
        }
    }

    Child start(Subject subject, Run run) throws IOException {
        return Child.start(
                cluster.folder().resolve(run.name() + ".log"), options, subject.main(), subject.arguments(run.given()));
    }

    /**
     * One instance of several of the same run, with a state directory and a log of its own.
     *
     * @param more settings of this one
     */
    Child startInstance(Run run, String instance, Map<String, String> more) throws IOException {
        Map<String, String> given = new LinkedHashMap<>(run.given());
        given.put(
                "ratchet.state.dir",
                cluster.folder().resolve(run.name()).resolve(instance).toString());
        given.putAll(more);
        return Child.start(
                cluster.folder().resolve(run.name() + "-" + instance + ".log"),
                options,
                Subject.RATCHET.main(),
                Subject.RATCHET.arguments(given));
    }

    /** How long Ratchet takes from the start of its process until it has its partitions and their state. */
    double secondsToRun(Run run) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        try (Child child = start(Subject.RATCHET, run)) {
            child.await("Stream is RUNNING");
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private Sample await(Child child, String name, String topic, long records)
            throws InterruptedException, ExecutionException {
        long last = 0;
        long moved = System.nanoTime();
        while (true) {
            child.requireAlive();
            long done = cluster.committed(name, topic);
            moved = done > last ? System.nanoTime() : moved;
            last = done;
            if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new IllegalStateException("Expected %s to come to %,d of the records on %s, but it stands at %,d"
                        .formatted(name, records, topic, done));
            }
            if (done >= records) {
                return new Sample(System.nanoTime(), child.cpu(), done);
            }
            Thread.sleep(LOOK.toMillis());
        }
    }

    private static double micros(Duration cpu, long records) {
        return cpu.toNanos() / 1e3 / records;
    }
}
