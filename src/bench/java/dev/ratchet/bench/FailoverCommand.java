package dev.ratchet.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
        description = "How long changes wait when one of two instances is killed under steady load, with a standby and"
                + " without: the longest time from the append of an event until its change is read, committed.")
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
        out.printf("%10s %10s %s%n", "standbys", "changes", "ms until a change is read");
        for (int standbys = 0; standbys <= 1; standbys++) {
            try (Cluster cluster = Cluster.start()) {
                measure(cluster, standbys, out);
            }
        }
        return 0;
    }

    private void measure(Cluster cluster, int standbys, PrintWriter out) throws Exception {
        NativeEvents events = options.nativeEvents(cluster);
        Run run = options.prepare(cluster, "failover", Map.of("kafka.num.standby.replicas", String.valueOf(standbys)));
        Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), events);
        new Measurement(cluster, options.java()).of(Subject.RATCHET, run, events.topic());
        try (Child killed = start(cluster, run, "killed");
                Child survivor = start(cluster, run, "survivor")) {
            killed.await("Stream is RUNNING");
            survivor.await("Stream is RUNNING");
            SteadyLoad load =
                    new SteadyLoad(cluster, events, run.settings().topics().changelog());
            CompletableFuture<Latencies> latencies = CompletableFuture.supplyAsync(() -> run(load));
            Thread.sleep(750L * seconds);
            killed.kill();
            Latencies measured = latencies.get();
            survivor.requireAlive();
            out.printf("%10d %,10d %s%n", standbys, measured.count(), measured);
            out.flush();
        }
    }

    private Latencies run(SteadyLoad load) {
        try {
            return load.run(rate, tasks, options.atOnce, seconds);
        } catch (Exception e) {
            throw new IllegalStateException("Expected to measure under load, but failed", e);
        }
    }

    private Child start(Cluster cluster, Run run, String instance) throws Exception {
        Map<String, String> given = new LinkedHashMap<>(run.given());
        given.put(
                "ratchet.state.dir",
                cluster.folder().resolve(run.name()).resolve(instance).toString());
        return Child.start(
                cluster.folder().resolve(instance + ".log"),
                options.java(),
                Subject.RATCHET.main(),
                Subject.RATCHET.arguments(given));
    }
}
