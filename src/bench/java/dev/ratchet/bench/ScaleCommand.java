package dev.ratchet.bench;

import dev.ratchet.bench.Measurement.Cost;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What many tasks cost. */
@Command(
        name = "scale",
        mixinStandardHelpOptions = true,
        description = "CPU time an event, disk a task, and how fast lost state is restored, with ever more tasks.")
final class ScaleCommand implements Callable<Integer> {
    /** By how much two starts may differ of themselves, s. */
    private static final double COARSE = 0.5;

    @Option(
            names = "--tasks",
            split = ",",
            converter = AtLeastOne.class,
            defaultValue = "100000,1000000,5000000",
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
                "%12s %12s %12s %14s %14s %16s%n",
                "tasks", "µs/record", "records/s", "disk B/task", "restored/s", "restored records");
        for (int tasks : sizes) {
            try (Cluster cluster = Cluster.start()) {
                measure(cluster, tasks, out);
            }
        }
        return 0;
    }

    private void measure(Cluster cluster, int tasks, PrintWriter out) throws Exception {
        Run run = options.prepare(cluster, "scale");
        EventSource events = options.events(cluster);
        Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), events);
        Measurement measurement = new Measurement(cluster, options.java());
        Cost cost = measurement.of(Subject.RATCHET, run, events.topic());
        Path state = run.settings().application().stateDirectory();
        long disk = Disk.used(state);
        double withState = measurement.secondsToRun(run);
        Utils.delete(state.toFile());
        double withoutState = measurement.secondsToRun(run);
        long restored = cluster.storeRecords("scale");
        out.printf(
                "%,12d %12.2f %,12.0f %,14d %14s %,16d%n",
                tasks,
                cost.warm(),
                cost.perSecond(),
                disk / tasks,
                perSecond(restored, withoutState - withState),
                restored);
        out.flush();
    }

    /** Two starts differ by more than little state takes to restore: then there is nothing to tell. */
    private static String perSecond(long records, double seconds) {
        return seconds < COARSE ? "-" : "%,.0f".formatted(records / seconds);
    }
}
