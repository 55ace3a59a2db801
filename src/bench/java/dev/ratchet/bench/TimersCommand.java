package dev.ratchet.bench;

import dev.ratchet.bench.RepairReader.Issued;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How late repairs are issued while records never cease to come. */
@Command(
        name = "timers",
        mixinStandardHelpOptions = true,
        description =
                "How long after the settle time repairs are issued under steady load: events at random times (Poisson)"
                        + " at a fixed rate and at a part of what one thread can do, from the start, and after a second instance"
                        + " has joined and after it has left.")
final class TimersCommand implements Callable<Integer> {
    @Option(
            names = "--tasks",
            converter = AtLeastOne.class,
            defaultValue = "400000",
            description = "To find what one thread can do (${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--rate",
            converter = AtLeastOne.class,
            defaultValue = "5000",
            description =
                    "Events a second of the first measurement; a tenth of it until the stream runs (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--percent",
            converter = AtLeastOne.class,
            defaultValue = "80",
            description = "Of what one thread can do while the events are sent, of the second measurement"
                    + " (${DEFAULT-VALUE}).")
    private int percent;

    @Option(
            names = "--seconds",
            converter = AtLeastOne.class,
            defaultValue = "20",
            description = "Of each of the three phases (${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        options.requireNative(command);
        PrintWriter out = command.commandLine().getOut();
        try (Cluster cluster = Cluster.start()) {
            Run run = prepare(cluster, "capacity");
            NativeEvents backlog =
                    options.nativeEvents(cluster, run.settings().topics().events());
            Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), backlog);
            int can = (int) new Measurement(cluster, options.java())
                    .of(Subject.RATCHET, run, backlog.topic())
                    .perSecond();
            cluster.discard(run.name());
            int sustained = sustained(cluster, can);
            out.printf(
                    "One thread does %,d events a second with a backlog, and %,d while so many are sent.%n",
                    can, sustained);
            out.printf(
                    "Repairs, ms after the settle time of %s:%n",
                    run.settings().repair().settle());
            out.printf(
                    "%12s %-10s %12s %10s %8s %8s %8s %8s %8s %8s%n",
                    "events/s", "phase", "sent/s", "unread", "lost", "missing", "50 %", "95 %", "99 %", "all");
            out.flush();
            for (int perSecond : List.of(rate, (int) (sustained * (percent / 100.0)))) {
                measure(cluster, perSecond, out);
            }
        }
        return 0;
    }

    /** How many a second it commits while as many are sent as it can do with a backlog: sender and broker take of the CPU. */
    private int sustained(Cluster cluster, int offered) throws Exception {
        Run run = prepare(cluster, "sustained");
        NativeEvents events =
                options.nativeEvents(cluster, run.settings().topics().events());
        double perSecond;
        try (PoissonLoad load = PoissonLoad.start(cluster, events, Math.max(1, rate / 10), options.atOnce);
                Child one = start(cluster, run, "one")) {
            one.await("Stream is RUNNING");
            load.rate(offered);
            Thread.sleep(500L * seconds); // the JVMs get warm
            long from = System.nanoTime();
            long before = cluster.committed(run.name(), events.topic());
            Thread.sleep(1_000L * seconds);
            one.requireAlive();
            perSecond = 1e9 * (cluster.committed(run.name(), events.topic()) - before) / (System.nanoTime() - from);
        }
        cluster.discard(run.name());
        return (int) perSecond;
    }

    private void measure(Cluster cluster, int perSecond, PrintWriter out) throws Exception {
        Run run = prepare(cluster, "timers-" + perSecond);
        NativeEvents events =
                options.nativeEvents(cluster, run.settings().topics().events());
        try (PoissonLoad load = PoissonLoad.start(cluster, events, Math.max(1, rate / 10), options.atOnce);
                RepairReader reader =
                        RepairReader.start(cluster, run.settings().topics().repairCommands(), load.lost());
                Child one = start(cluster, run, "one")) {
            one.await("Stream is RUNNING");
            load.rate(perSecond);
            Phase start = phase("start", cluster, run, load, one);
            Phase joined;
            try (Child two = start(cluster, run, "two")) {
                two.await("Stream is RUNNING");
                joined = phase("joined", cluster, run, load, one);
            }
            Phase left = phase("left", cluster, run, load, one);
            load.rate(rate);
            long settle = run.settings().repair().settle().toMillis();
            awaitRepairs(load, left.to(), settle);
            for (Phase phase : List.of(start, joined, left)) {
                tell(phase, perSecond, settle, load, reader, out);
            }
        }
        cluster.discard(run.name());
    }

    /**
     * @param sent events a second
     * @param unread events that were sent and not committed yet at its end: if they are many, repairs are as late as these
     */
    private record Phase(String name, long from, long to, double sent, long unread) {
        boolean has(long time) {
            return from <= time && time < to;
        }
    }

    private Phase phase(String name, Cluster cluster, Run run, PoissonLoad load, Child one) throws Exception {
        long from = System.currentTimeMillis();
        long before = load.sent();
        Thread.sleep(1_000L * seconds);
        one.requireAlive();
        long to = System.currentTimeMillis();
        String topic = run.settings().topics().events();
        long unread = cluster.records(topic) - cluster.committed(run.name(), topic);
        return new Phase(name, from, to, 1e3 * (load.sent() - before) / (to - from), unread);
    }

    /** As long again as a phase takes, at most: what is missing then is told. */
    private void awaitRepairs(PoissonLoad load, long until, long settle) throws InterruptedException {
        long giveUp = System.currentTimeMillis() + settle + 1_000L * seconds;
        while (System.currentTimeMillis() < giveUp
                && load.lost().values().stream().anyMatch(lostAt -> lostAt < until)) {
            load.sent();
            Thread.sleep(100);
        }
    }

    private static void tell(
            Phase phase, int perSecond, long settle, PoissonLoad load, RepairReader reader, PrintWriter out) {
        Latencies late = new Latencies();
        reader.issued().stream()
                .filter(issued -> phase.has(issued.lostAt()))
                .map(Issued::took)
                .forEach(took -> late.add(took - settle));
        long missing = load.lost().values().stream().filter(phase::has).count();
        for (long i = 0; i < missing; i++) {
            late.add(Long.MAX_VALUE); // later than any
        }
        out.printf(
                "%,12d %-10s %,12.0f %,10d %,8d %,8d %8s %8s %8s %8s%n",
                perSecond,
                phase.name(),
                phase.sent(),
                phase.unread(),
                late.count(),
                missing,
                told(late, 50),
                told(late, 95),
                told(late, 99),
                told(late, 100));
        out.flush();
    }

    private static String told(Latencies late, double percent) {
        long value = late.count() == 0 ? Long.MAX_VALUE : late.within(percent);
        return value == Long.MAX_VALUE ? "-" : "%,d".formatted(value);
    }

    /** Conductor need not be there: what is measured are the commands. */
    private Run prepare(Cluster cluster, String name) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("ratchet.conductor.url", "http://127.0.0.1:9/api");
        Stream.of("events", "repair-commands", "repair-results")
                .forEach(topic -> more.put("ratchet.topic." + topic, name + "." + topic));
        return options.prepare(cluster, name, more);
    }

    private Child start(Cluster cluster, Run run, String instance) throws Exception {
        return new Measurement(cluster, options.java()).startInstance(run, instance, Map.of());
    }
}
