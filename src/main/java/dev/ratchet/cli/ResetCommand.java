package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.topics.ApplicationAdmin;
import dev.ratchet.topics.ApplicationAdmin.ApplicationData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Reset an application: delete its committed offsets, its internal topics and its local state.",
            "A dry run unless --execute is given. Input and output topics are not changed."
        },
        footer = {
            "",
            "Exit code 0 after the reset or the dry run; 1 if an instance is running, the reset was not confirmed, or Kafka"
                    + " cannot be reached; 2 for wrong options."
        })
final class ResetCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--execute", description = "Delete. Asks for the application id to be typed.")
    private boolean execute;

    @Option(names = "--yes", description = "With --execute: do not ask.")
    private boolean yes;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS);
        String id = settings.application().id();
        Path folder = settings.application().stateDirectory().resolve(id).toAbsolutePath();
        try (ApplicationAdmin admin = new ApplicationAdmin(settings.kafka())) {
            ApplicationData data = admin.find(id, StreamTopics.storeChangelogs(id));
            if (!data.members().isEmpty()) {
                return fail(ResetPrinter.running(data));
            }
            ResetPrinter lines = new ResetPrinter(settings, data, folder, Files.exists(folder));
            PrintWriter out = spec.commandLine().getOut();
            lines.plan(execute).forEach(out::println);
            if (execute && !lines.hasNothingToDelete()) {
                out.flush();
                if (!yes && !isConfirmed(id)) {
                    return fail("Expected application id " + id + " to be typed, but it was not: nothing was deleted.");
                }
                if (!admin.deleteGroup(id)) {
                    return fail(ResetPrinter.running(data));
                }
                data.internalTopics().forEach(admin::deleteTopic);
                Utils.delete(folder.toFile());
                out.println("Deleted.");
            }
            lines.nextSteps(execute).stream().map(options::completeHints).forEach(out::println);
            return 0;
        }
    }

    private boolean isConfirmed(String id) throws IOException {
        spec.commandLine().getErr().print("Type the application id to delete this: ");
        spec.commandLine().getErr().flush();
        return new LineReader(System.in)
                .next()
                .map(line -> new String(line, StandardCharsets.UTF_8).strip())
                .filter(id::equals)
                .isPresent();
    }

    private int fail(String why) {
        spec.commandLine().getErr().println(why);
        return spec.exitCodeOnExecutionException();
    }
}
