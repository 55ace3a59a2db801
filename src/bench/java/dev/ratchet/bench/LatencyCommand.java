package dev.ratchet.bench;

import dev.ratchet.bench.Measurement.Cost;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long a change takes to come. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "From the append of an event until its change is read, committed, at half of what Ratchet can do.")
final class LatencyCommand implements Callable<Integer> {
    @Option(
            names = "--tasks",
            converter = AtLeastOne.class,
            defaultValue = "400000",
            description = "To find what it can do (${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--seconds",
            converter = AtLeastOne.class,
            defaultValue = "60",
            description = "Of the measurement (${DEFAULT-VALUE}).")
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
            NativeEvents events = options.nativeEvents(cluster);
            Run run = options.prepare(cluster, "latency");
            Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), events);
            Measurement measurement = new Measurement(cluster, options.java());
            Cost cost = measurement.of(Subject.RATCHET, run, events.topic());
            int rate = (int) cost.perSecond() / 2;
            out.printf("%,d events a second, half of what it did with a backlog%n", rate);
            out.flush();
            try (Child ratchet = measurement.start(Subject.RATCHET, run)) {
                ratchet.await("Stream is RUNNING");
                Latencies latencies = new SteadyLoad(
                                cluster, events, run.settings().topics().changelog())
                        .run(rate, tasks, options.atOnce, seconds)
                        .latencies();
                out.printf("%,d changes, ms: %s%n", latencies.count(), latencies);
                out.flush();
            }
        }
        return 0;
    }
}
