package dev.ratchet.cli;

import dev.ratchet.config.InvalidSettingsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: lists the commands and maps failures to exit codes. */
@Command(
        name = "ratchet",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        description = "A corrected, ordered status changelog for Conductor's tasks.",
        footer = {
            "",
            "Examples:",
            "  ratchet demo --exit                          # what Ratchet does, without a broker",
            "  ratchet run --config ratchet.properties",
            "  ratchet tail --config ratchet.properties     # the changelog, as it grows"
        })
public final class RatchetCommand implements Callable<Integer> {
    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "If the command fails, print the stack trace.")
    private boolean stacktrace;

    /** What a shell reports of a program that SIGPIPE ended. */
    static final int EXIT_BROKEN_PIPE = 128 + 13;

    /** So that no example is broken. */
    private static final int HELP_WIDTH = 120;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private RatchetCommand() {}

    /**
     * Runs a command.
     *
     * @param launcher starts the stream
     * @param demo the command {@code demo}, which depends on the jar
     * @return the exit code: 0 done, 1 failed, 2 wrong options or settings
     */
    public static int execute(Launcher launcher, Callable<Integer> demo, String... arguments) {
        return commandLine(launcher, demo, new FileOutputStream(FileDescriptor.out))
                .execute(arguments);
    }

    /**
     * Creates the commands, for one call.
     *
     * @param stdout for results whose bytes must not depend on the platform's encoding
     */
    static CommandLine commandLine(Launcher launcher, Callable<Integer> demo, OutputStream stdout) {
        RatchetCommand root = new RatchetCommand();
        return new CommandLine(root)
                .addSubcommand(demo)
                .addSubcommand(new RunCommand(launcher))
                .addSubcommand(new ReplayCommand(stdout))
                .addSubcommand(new TopicsCommand())
                .addSubcommand(new SchemasCommand())
                .addSubcommand(new AuditCommand())
                .addSubcommand(new RepairsCommand())
                .addSubcommand(new TailCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new DeadLettersCommand())
                .addSubcommand(new RepublishCommand())
                .addSubcommand(new ResetCommand())
                .addSubcommand(new ConfigCommand())
                .addSubcommand(new CompletionCommand())
                .addSubcommand(new HelpCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(RatchetCommand::onParameterError)
                .setExecutionExceptionHandler((failure, command, parsed) -> root.onFailure(failure, command));
    }

    /** Without a command: prints the usage on stderr. */
    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getErr());
        return spec.exitCodeOnInvalidInput();
    }

    /** One line and the help option, not the whole usage. */
    private static int onParameterError(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(mistake.getMessage());
        UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Prints one line, or for settings one line for each mistake, with the given {@code --config} in its hints. */
    private int onFailure(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        if (isBrokenPipe(failure)) {
            return EXIT_BROKEN_PIPE;
        }
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.mistakes().forEach(err::println);
            return command.getCommandSpec().exitCodeOnInvalidInput();
        }
        err.println(SettingsOptions.of(command).completeHints(describe(failure)));
        if (stacktrace) {
            failure.printStackTrace(err);
        }
        return configError(failure).isPresent()
                ? command.getCommandSpec().exitCodeOnInvalidInput()
                : command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** A setting that Kafka or a serde rejects when it is used. Kafka's clients wrap it in an exception of their own. */
    private static Optional<Exception> configError(Exception failure) {
        if (failure instanceof ConfigException) {
            return Optional.of(failure);
        }
        return failure instanceof KafkaException && failure.getCause() instanceof ConfigException cause
                ? Optional.of(cause)
                : Optional.empty();
    }

    /** Whoever read the output, such as {@code head}, has ended: that is no failure to report. */
    private static boolean isBrokenPipe(Exception failure) {
        return failure instanceof IOException
                && String.valueOf(failure.getMessage()).contains("Broken pipe");
    }

    private static String describe(Exception failure) {
        boolean hasOwnMessage = failure.getClass().getPackageName().startsWith("dev.ratchet.");
        String line = failure instanceof IOException
                ? "Stopped: " + failure.getMessage()
                : configError(failure)
                        .or(() -> Optional.of(failure).filter(own -> hasOwnMessage))
                        .map(Throwable::getMessage)
                        .orElseGet(failure::toString);
        return line.replaceAll("\\R+", " ");
    }
}
