package dev.ratchet.cli;

import dev.ratchet.config.InvalidSettingsException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command line: the commands there are, and how they end. */
@Command(
        name = "ratchet",
        mixinStandardHelpOptions = true,
        description = "A corrected, ordered status changelog for Conductor's tasks.")
public final class RatchetCommand {
    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "If the command fails, say where in the program.")
    private boolean stacktrace;

    private RatchetCommand() {}

    /**
     * Runs a command.
     *
     * @param launcher starts what is more than one room's work
     * @return the exit code: 0 done, 1 failed, 2 called wrongly
     */
    public static int execute(Launcher launcher, String... arguments) {
        return commandLine(launcher).execute(arguments);
    }

    /** All commands, for one call; its output may be turned elsewhere. */
    static CommandLine commandLine(Launcher launcher) {
        RatchetCommand root = new RatchetCommand();
        return new CommandLine(root)
                .addSubcommand(new DemoCommand(launcher))
                .addSubcommand(new RunCommand(launcher))
                .addSubcommand(new ReplayCommand())
                .addSubcommand(new TopicsCommand())
                .addSubcommand(new ConfigCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(RatchetCommand::calledWrongly)
                .setExecutionExceptionHandler((failure, command, parsed) -> root.failed(failure, command));
    }

    /** One clear line, and where to look; not the whole usage. */
    private static int calledWrongly(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** One clear line: ours say what was expected, others at least what they are. Of settings, one for each mistake. */
    private int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.mistakes().forEach(err::println);
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        boolean ours = failure.getClass().getPackageName().startsWith("dev.ratchet.");
        String line = ours ? String.valueOf(failure.getMessage()) : failure.toString();
        err.println(line.replaceAll("\\R+", " "));
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
