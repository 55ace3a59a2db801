package dev.ratchet.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Time and bytes for one operation of the rule, the codecs and the readers, by JMH, on one thread. */
@Command(
        name = "micro",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Time and bytes allocated for one operation: the rule, the codecs, the readers.")
final class MicroCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            defaultValue = "dev.ratchet.bench",
            description = "Only benchmarks whose name has this (a regular expression) in it.")
    private String name = "";

    @Option(names = "--forks", paramLabel = "N", defaultValue = "1", description = "JVMs, one after the other.")
    private int forks;

    @Option(names = "--warmups", paramLabel = "N", defaultValue = "2", description = "Iterations that do not count.")
    private int warmups;

    @Option(names = "--iterations", paramLabel = "N", defaultValue = "3", description = "Iterations that count.")
    private int iterations;

    @Option(names = "--time", paramLabel = "MS", defaultValue = "600", description = "Of one iteration, in ms.")
    private long time;

    @Option(names = "--profiler", paramLabel = "NAME", description = "One more of JMH's profilers, such as stack.")
    private @Nullable String profiler;

    @Option(names = "--json", paramLabel = "FILE", description = "Where JMH's own results go.")
    private @Nullable Path json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(name)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(forks)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(time))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(time))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .shouldFailOnError(true)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseSerialGC")
                .verbosity(profiler == null ? VerboseMode.SILENT : VerboseMode.NORMAL);
        if (profiler != null) {
            options.addProfiler(profiler);
        }
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        print(new Runner(options.build()).run());
        return 0;
    }

    private void print(Collection<RunResult> results) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("%-32s %12s %12s %10s   medians of all iterations%n", "benchmark", "ns/op", "CPU ns/op", "B/op");
        for (RunResult run : results) {
            out.printf(
                    Locale.ROOT,
                    "%-32s %,12.1f %,12.1f %,10.0f%n",
                    shortName(run),
                    median(run.getPrimaryResult()),
                    median(run.getSecondaryResults().get(CpuProfiler.CPU)),
                    median(run.getSecondaryResults().get("gc.alloc.rate.norm")));
        }
        out.flush();
    }

    private static double median(@Nullable Result<?> result) {
        return Objects.requireNonNull(result).getStatistics().getPercentile(50);
    }

    private static String shortName(RunResult run) {
        String name = run.getParams().getBenchmark();
        String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        StringBuilder withParameters = new StringBuilder(method.replace("Benchmark.", "."));
        run.getParams()
                .getParamsKeys()
                .forEach(
                        key -> withParameters.append(' ').append(run.getParams().getParam(key)));
        return withParameters.toString();
    }
}
