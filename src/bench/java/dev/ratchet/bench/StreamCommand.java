package dev.ratchet.bench;

import dev.ratchet.bench.Measurement.Cost;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ratchet against two pass-throughs and an aggregate. */
@Command(
        name = "stream",
        mixinStandardHelpOptions = true,
        description =
                "CPU time a record of Ratchet, of pass-throughs and of an aggregate with the same serdes, in alternation:"
                        + " a pass-through with the defaults of Kafka and the JVM (plain), one with Ratchet's settings and"
                        + " options (tuned), and an aggregate of Kafka Streams with the same.")
final class StreamCommand implements Callable<Integer> {
    @Option(
            names = "--tasks",
            converter = AtLeastOne.class,
            defaultValue = "400000",
            description = "Three events each (${DEFAULT-VALUE}).")
    private int tasks;

    @Option(
            names = "--rounds",
            converter = AtLeastOne.class,
            defaultValue = "3",
            description = "Each of all four (${DEFAULT-VALUE}).")
    private int rounds;

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
            out.printf("%-6s %-20s %10s %10s %12s%n", "round", "", "µs/record", "with start", "records/s");
            Map<Subject, List<Double>> costs = new EnumMap<>(Subject.class);
            for (int round = 1; round <= rounds; round++) {
                for (Subject subject : Subject.values()) {
                    double cost = measured(cluster, subject, round, events, out).warm();
                    costs.computeIfAbsent(subject, none -> new ArrayList<>()).add(cost);
                }
            }
            tellRatios(Subject.PLAIN, costs, out);
            tellRatios(Subject.TUNED, costs, out);
            tellRatios(Subject.AGGREGATE, costs, out);
            out.flush();
        }
        return 0;
    }

    private Cost measured(Cluster cluster, Subject subject, int round, EventSource events, PrintWriter out)
            throws Exception {
        String name = subject.label() + "-" + round;
        Run run = options.prepare(cluster, name, subject.settings());
        Cost cost = new Measurement(cluster, subject.options(options)).of(subject, run, events.topic());
        cluster.discard(name);
        out.printf(
                "%-6d %-20s %10.2f %10.2f %,12.0f%n",
                round, subject.label(), cost.warm(), cost.whole(), cost.perSecond());
        out.flush();
        return cost;
    }

    private static void tellRatios(Subject against, Map<Subject, List<Double>> costs, PrintWriter out) {
        List<Double> ours = Objects.requireNonNull(costs.get(Subject.RATCHET));
        List<Double> theirs = Objects.requireNonNull(costs.get(against));
        List<Double> ratios = IntStream.range(0, ours.size())
                .mapToObj(round -> ours.get(round) / theirs.get(round))
                .sorted()
                .toList();
        if (ratios.stream().anyMatch(ratio -> ratio.isNaN())) {
            out.printf(
                    "against the %s: no ratio, as one was done before it was looked at: more --tasks%n",
                    against.label());
            return;
        }
        out.printf(
                "against the %s: ratios %s, median %.2f%n",
                against.label(), told(ratios), ratios.get(ratios.size() / 2));
    }

    private static List<String> told(List<Double> ratios) {
        return ratios.stream().map("%.2f"::formatted).toList();
    }
}
