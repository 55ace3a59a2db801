package dev.ratchet.cli;

import dev.ratchet.config.InvalidSettingsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: the commands there are, and how they end. */
@Command(
        name = "ratchet",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "A corrected, ordered status changelog for Conductor's tasks.")
public final class RatchetCommand implements Callable<Integer> {
    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "If the command fails, say where in the program.")
    private boolean stacktrace;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RatchetCommand() {}

    /**
     * Runs a command.
     *
     * @param launcher starts what is more than one room's work
     * @return the exit code: 0 done, 1 failed, 2 called wrongly
     */
    public static int execute(Launcher launcher, String... arguments) {
        return commandLine(launcher, new FileOutputStream(FileDescriptor.out)).execute(arguments);
    }

    /**
     * All commands, for one call.
     *
     * @param stdout where results go that must be the same bytes whatever the platform's encoding
     */
    static CommandLine commandLine(Launcher launcher, OutputStream stdout) {
        RatchetCommand root = new RatchetCommand();
        return new CommandLine(root)
                .addSubcommand(new DemoCommand(launcher))
                .addSubcommand(new RunCommand(launcher))
                .addSubcommand(new ReplayCommand(stdout))
                .addSubcommand(new TopicsCommand())
                .addSubcommand(new SchemasCommand())
                .addSubcommand(new AuditCommand(launcher))
                .addSubcommand(new RepairsCommand())
                .addSubcommand(new ResetCommand())
                .addSubcommand(new ConfigCommand())
                .setParameterExceptionHandler(RatchetCommand::onParameterError)
                .setExecutionExceptionHandler((failure, command, parsed) -> root.onFailure(failure, command));
    }

    /** Called without a command: what there is, on stderr, since nothing was done. */
    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getErr());
        return spec.exitCodeOnInvalidInput();
    }

    /** One clear line, and where to look; not the whole usage. */
    private static int onParameterError(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** One clear line: ours say what was expected, others at least what they are. Of settings, one for each mistake. */
    private int onFailure(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.mistakes().forEach(err::println);
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        err.println(describe(failure));
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        if (failure instanceof ConfigException) { // found by who uses the setting
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static String describe(Exception failure) {
        boolean ours = failure instanceof ConfigException // which say it well themselves
                || failure.getClass().getPackageName().startsWith("dev.ratchet.");
        String line = failure instanceof IOException
                ? "Stopped: " + failure.getMessage() // such as a pipe that nobody reads any more
                : ours ? String.valueOf(failure.getMessage()) : failure.toString();
        return line.replaceAll("\\R+", " ");
    }
}
