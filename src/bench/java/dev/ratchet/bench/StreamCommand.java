package dev.ratchet.bench;

import dev.ratchet.bench.Measurement.Cost;
import dev.ratchet.bench.Measurement.Subject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ratchet against a pass-through. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description = "CPU time a record of Ratchet and of a pass-through with the same serdes, in alternation.")
final class StreamCommand implements Callable<Integer> {
    @Option(names = "--tasks", defaultValue = "400000", description = "Three events each (${DEFAULT-VALUE}).")
    private int tasks;

    @Option(names = "--pairs", defaultValue = "3", description = "Of Ratchet and pass-through (${DEFAULT-VALUE}).")
    private int pairs;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = command.commandLine().getOut();
        try (Cluster cluster = Cluster.start()) {
            EventSource events = options.events(cluster);
            options.prepare(cluster, "input");
            long records = Filling.fill(cluster, Workload.disordered(tasks, options.atOnce), events);
            out.printf("%,d records of %,d tasks, %,d at once%n", records, tasks, options.atOnce);
            out.printf("%-6s %-14s %10s %10s %12s%n", "pair", "", "µs/record", "with start", "records/s");
            List<Double> ratios = new ArrayList<>();
            for (int pair = 1; pair <= pairs; pair++) {
                Cost ours = measured(cluster, Subject.RATCHET, pair, events, out);
                Cost theirs = measured(cluster, Subject.PASS_THROUGH, pair, events, out);
                ratios.add(ours.warm() / theirs.warm());
            }
            ratios.sort(null);
            out.printf("ratios %s, median %.2f%n", told(ratios), ratios.get(pairs / 2));
            out.flush();
        }
        return 0;
    }

    private Cost measured(Cluster cluster, Subject subject, int pair, EventSource events, PrintWriter out)
            throws Exception {
        String name = subject.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + pair;
        Cost cost =
                new Measurement(cluster, options.java()).of(subject, options.prepare(cluster, name), events.topic());
        cluster.discard(name);
        out.printf("%-6d %-14s %10.2f %10.2f %,12.0f%n", pair, subject, cost.warm(), cost.whole(), cost.perSecond());
        out.flush();
        return cost;
    }

    private static List<String> told(List<Double> ratios) {
        return ratios.stream().map("%.2f"::formatted).toList();
    }
}
