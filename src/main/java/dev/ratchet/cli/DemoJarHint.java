package dev.ratchet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** The command {@code demo} of the production jar, which has no Kafka broker: names the jar that has one. */
@Command(
        name = "demo",
        description = "Show what Ratchet does, on a machine with nothing running.",
        footer = {
            "",
            "Examples:",
            "  ratchet demo --exit",
            "  ratchet demo --exit --trace recording.jsonl",
            "",
            "The demo needs ratchet-demo.jar. In a checkout, 'bin/ratchet demo' builds and runs it."
        })
public final class DemoJarHint implements Callable<Integer> {

    /** The options of the demo, which this jar does not know. */
    @Unmatched
    private List<String> ignored = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Expected ratchet-demo.jar to run the demo, but this jar is without it: it carries no Kafka broker."
                        + " In a checkout, 'bin/ratchet demo' builds and runs ratchet-demo.jar.");
    }
}
