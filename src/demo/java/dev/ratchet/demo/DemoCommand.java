package dev.ratchet.demo;

import dev.ratchet.cli.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Run a demo that needs no other process.",
        footer = {
            "",
            "Examples:",
            "  ratchet demo --exit",
            "  ratchet demo --exit --trace recording.jsonl",
            "",
            "Starts a Kafka broker and a schema registry in this process, streams a recording of a real Conductor"
                    + " through the topology, and prints the result."
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--trace",
            paramLabel = "FILE",
            description = "Your own recording: Debezium records of Conductor's task table, one per line.")
    private @Nullable Path trace;

    @Option(names = "--exit", description = "End after the report; otherwise the broker stays up until Ctrl-C.")
    private boolean exit;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        if (trace != null && !Files.isRegularFile(trace)) {
            throw new ParameterException(
                    spec.commandLine(), "Expected --trace to be a recording, but '" + trace + "' is not a file.");
        }
        return Demo.run(Optional.ofNullable(trace), exit, spec.commandLine().getOut());
    }
}
