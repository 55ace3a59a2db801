package dev.ratchet.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks there are. */
@Command(
        name = "benchmark",
        mixinStandardHelpOptions = true,
        subcommands = {
            MicroCommand.class,
            StreamCommand.class,
            LatencyCommand.class,
            TimersCommand.class,
            ScaleCommand.class,
            RecoveryCommand.class,
            FailoverCommand.class,
            IndexCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        description = "Measures what Ratchet costs.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
