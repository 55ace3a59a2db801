package dev.ratchet.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line: the commands there are, and how they end. */
@Command(
        name = "ratchet",
        mixinStandardHelpOptions = true,
        description = "A corrected, ordered status changelog for Conductor's tasks.",
        subcommands = {ReplayCommand.class})
public final class RatchetCommand {
    private RatchetCommand() {}

    /**
     * Runs a command.
     *
     * @return the exit code: 0 done, 1 failed, 2 called wrongly
     */
    public static int execute(String... arguments) {
        return new CommandLine(new RatchetCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(RatchetCommand::calledWrongly)
                .execute(arguments);
    }

    /** One clear line, and where to look; not the whole usage. */
    private static int calledWrongly(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
