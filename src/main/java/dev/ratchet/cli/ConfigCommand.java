package dev.ratchet.cli;

import dev.ratchet.config.SettingsReference;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = {
            "Print the reference of all settings as Markdown.",
            "With --config or --set: check them and print the effective settings with their origin; secrets are hidden."
        },
        footer = {
            "",
            "Examples:",
            "  ratchet config                              # all settings, as Markdown",
            "  ratchet config --config ratchet.properties",
            "",
            "Exit code 0, or 2 if a setting is wrong."
        })
final class ConfigCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--effective", description = "Print the effective settings even without --config and --set.")
    private boolean effective;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (effective || options.areGiven()) {
            options.load().effective().forEach(out::println);
        } else {
            out.print(SettingsReference.markdown());
            out.flush();
        }
        return 0;
    }
}
