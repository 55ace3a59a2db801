package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say where a command takes its settings from. */
final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "File with one NAME=VALUE per line. Environment variables win over it.")
    private @Nullable Path file;

    // No Map: picocli would look for quotes in the values, and sasl.jaas.config has some.
    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "One setting. Wins over file and environment. Can be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private static final Pattern HINT = Pattern.compile("'(ratchet [a-z]+(?: [a-z]+)?)'");

    /** {@return those of the command; without any if it takes no settings} */
    static SettingsOptions of(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .filter(SettingsOptions.class::isInstance)
                .map(SettingsOptions.class::cast)
                .findFirst()
                .orElseGet(SettingsOptions::new);
    }

    /** Adds the given {@code --config} to each command that the text names, so that the command can be copied. */
    String completeHints(String text) {
        return file == null
                ? text
                : HINT.matcher(text)
                        .replaceAll(
                                hint -> Matcher.quoteReplacement("'" + hint.group(1) + " --config " + quoted() + "'"));
    }

    /** Prints the lines, with {@link #completeHints}. */
    void print(List<String> lines) {
        lines.stream().map(this::completeHints).forEach(command.commandLine().getOut()::println);
    }

    private String quoted() {
        String path = String.valueOf(file);
        return path.contains(" ") ? '"' + path + '"' : path;
    }

    boolean areGiven() {
        return file != null || !overrides.isEmpty();
    }

    /**
     * Loads the settings. Warns of environment variables that set nothing and of names that Kafka does not know.
     *
     * @throws dev.ratchet.config.InvalidSettingsException which {@link RatchetCommand} prints
     */
    Settings load(String... required) {
        Settings settings = Settings.load(Optional.ofNullable(file), System.getenv(), overrides(), required);
        PrintWriter err = command.commandLine().getErr();
        settings.warnings().forEach(err::println);
        return settings;
    }

    private Map<String, String> overrides() {
        Map<String, String> named = new LinkedHashMap<>();
        for (String override : overrides) {
            int equals = override.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(
                        command.commandLine(), "Expected --set NAME=VALUE, but got '" + override + "'.");
            }
            named.put(override.substring(0, equals).strip(), override.substring(equals + 1));
        }
        return named;
    }
}
