package dev.ratchet.bench;

import dev.ratchet.bench.Measurement.Cost;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a kill costs, with Kafka's transactional stores and without, and what these cost. */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        description =
                "CPU time an event, and how long a start takes after SIGTERM and after SIGKILL, with transactional"
                        + " stores and without, with ever more tasks. The group has given up the killed process by then.")
final class RecoveryCommand implements Callable<Integer> {
    private static final String TRANSACTIONAL = "kafka.enable.transactional.statestores";

    @Option(
            names = "--tasks",
            split = ",",
            converter = AtLeastOne.class,
            defaultValue = "1000000,5000000",
            description = "How many there are in the end (${DEFAULT-VALUE}).")
    private List<Integer> sizes = List.of();

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        out.printf(
                "%12s %14s %12s %16s %16s%n",
                "tasks", "transactional", "µs/record", "s after SIGTERM", "s after SIGKILL");
        for (int tasks : sizes) {
            try (Cluster cluster = Cluster.start()) {
                EventSource events = options.events(cluster);
                options.prepare(cluster, "input");
                Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), events);
                for (boolean transactional : new boolean[] {false, true}) {
                    measure(cluster, tasks, transactional, events, out);
                }
            }
        }
        return 0;
    }

    private void measure(Cluster cluster, int tasks, boolean transactional, EventSource events, PrintWriter out)
            throws Exception {
        String name = "recovery-" + transactional;
        Run run = options.prepare(cluster, name, Map.of(TRANSACTIONAL, String.valueOf(transactional)));
        Measurement measurement = new Measurement(cluster, options.java());
        Cost cost = measurement.ofKilled(Subject.RATCHET, run, events.topic());
        cluster.awaitNoMembers(name);
        double afterKill = measurement.secondsToRun(run);
        double afterStop = measurement.secondsToRun(run);
        cluster.discard(name);
        out.printf("%,12d %14s %12.2f %16.1f %16.1f%n", tasks, transactional, cost.warm(), afterStop, afterKill);
        out.flush();
    }
}
