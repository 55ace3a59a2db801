package dev.ratchet.bench;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long changes do not come when one of two instances is killed. */
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description =
                "How long changes wait when one of two instances is killed under steady load and stays away, starts"
                        + " again at once, or does so as a static member (kafka.group.instance.id): the longest time from the"
                        + " append of an event until its change is read, committed, and how long none came from any partition.")
final class FailoverCommand implements Callable<Integer> {
    @Option(
            names = "--tasks",
            converter = AtLeastOne.class,
            defaultValue = "200000",
            description = "That are there before, three events each (${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--rate",
            converter = AtLeastOne.class,
            defaultValue = "500",
            description = "Events a second (${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--seconds",
            converter = AtLeastOne.class,
            defaultValue = "40",
            description =
                    "Of load, after half as long to warm up; the kill comes at a quarter of it (${DEFAULT-VALUE}).")
    private int seconds;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        options.requireNative(command);
        PrintWriter out = command.commandLine().getOut();
        out.printf(
                "%9s %-13s %10s %12s  %s%n",
                "standbys", "the killed", "changes", "none for, ms", "ms until a change is read");
        for (int standbys = 0; standbys <= 1; standbys++) {
            for (Fate fate : Fate.values()) {
                try (Cluster cluster = Cluster.start()) {
                    measure(cluster, standbys, fate, out);
                }
            }
        }
        return 0;
    }

    /** What becomes of the instance that is killed. */
    private enum Fate {
        STAYS_AWAY("stays away"),
        STARTS_AGAIN("starts again"),
        IS_STATIC("is static"); // and starts again

        private final String shown;

        Fate(String shown) {
            this.shown = shown;
        }
    }

    private void measure(Cluster cluster, int standbys, Fate fate, PrintWriter out) throws Exception {
        NativeEvents events = options.nativeEvents(cluster);
        Run run = options.prepare(
                cluster,
                "failover",
                Map.of(
                        "kafka.num.standby.replicas",
                        String.valueOf(standbys),
                        "kafka.probing.rebalance.interval.ms",
                        "60000")); // both are to have their half before the kill
        Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), events);
        new Measurement(cluster, options.java()).of(Subject.RATCHET, run, events.topic());
        try (Child killed = start(cluster, run, "killed", fate);
                Child survivor = start(cluster, run, "survivor", fate)) {
            killed.await("Stream is RUNNING");
            survivor.await("Stream is RUNNING");
            cluster.awaitBalance(run.name(), events.topic(), 2);
            SteadyLoad load =
                    new SteadyLoad(cluster, events, run.settings().topics().changelog());
            CompletableFuture<SteadyLoad.Result> result = CompletableFuture.supplyAsync(() -> run(load));
            Thread.sleep(750L * seconds);
            killed.kill();
            try (Child again = fate == Fate.STAYS_AWAY ? killed : start(cluster, run, "killed", fate)) {
                SteadyLoad.Result measured = result.get();
                survivor.requireAlive();
                if (fate != Fate.STAYS_AWAY) {
                    again.requireAlive();
                }
                out.printf(
                        "%9d %-13s %,10d %,12d  %s%n",
                        standbys,
                        fate.shown,
                        measured.latencies().count(),
                        measured.longestPause(),
                        measured.latencies());
                out.flush();
            }
        }
    }

    private SteadyLoad.Result run(SteadyLoad load) {
        try {
            return load.run(rate, tasks, options.atOnce, seconds);
        } catch (Exception e) {
            throw new IllegalStateException("Expected to measure under load, but failed", e);
        }
    }

    private Child start(Cluster cluster, Run run, String instance, Fate fate) throws Exception {
        Map<String, String> more = fate == Fate.IS_STATIC ? Map.of("kafka.group.instance.id", instance) : Map.of();
        return new Measurement(cluster, options.java()).startInstance(run, instance, more);
    }
}
