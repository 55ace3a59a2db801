package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a command takes its settings from. */
final class SettingsOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, one NAME=VALUE a line. Variables of the environment win over it.")
    private @Nullable Path file;

    // No Map: picocli would look for quotes in the values, and sasl.jaas.config has some.
    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "One setting, winning over file and environment. May be repeated.")
    private List<String> overrides = new ArrayList<>();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Whether any were given. */
    boolean areGiven() {
        return file != null || !overrides.isEmpty();
    }

    /**
     * Reads them, and warns of variables of the environment that set nothing, and of names that Kafka does not know.
     *
     * @throws dev.ratchet.config.InvalidSettingsException which {@link RatchetCommand} tells
     */
    Settings load(String... required) {
        Settings settings = Settings.load(Optional.ofNullable(file), System.getenv(), overrides(), required);
        PrintWriter err = command.commandLine().getErr();
        settings.unusedEnvironment()
                .forEach(name -> err.println(
                        "Expected environment variable " + name + " to be that of a setting, but it sets nothing."));
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
