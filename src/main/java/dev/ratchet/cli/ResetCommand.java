package dev.ratchet.cli;

import dev.ratchet.config.ApplicationSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.stream.StreamTopics;
import dev.ratchet.topics.ApplicationAdmin;
import dev.ratchet.topics.ApplicationAdmin.ApplicationData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description = {
            "Reset an application: delete its committed offsets, its internal topics and its local state.",
            "A dry run unless --execute is given. Input and output topics are not changed."
        },
        footer = {
            "",
            "Examples:",
            "  ratchet reset --config ratchet.properties             # lists what would be deleted",
            "  ratchet reset --config ratchet.properties --execute",
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
                return fail(running(data));
            }
            PrintWriter out = spec.commandLine().getOut();
            List<String> plan = plan(data, folder);
            plan.forEach(out::println);
            if (plan.isEmpty()) {
                out.printf(
                        "There is nothing to delete of application %s: no committed offsets, no internal topics, and no folder %s.%n",
                        id, folder);
            } else if (!execute) {
                out.println("Dry run: nothing was deleted. Add --execute to delete.");
            } else {
                out.flush();
                if (!yes && !isConfirmed(id)) {
                    return fail("Expected application id " + id + " to be typed, but it was not: nothing was deleted.");
                }
                if (!admin.deleteGroup(id)) {
                    return fail(running(data));
                }
                data.internalTopics().forEach(admin::deleteTopic);
                Utils.delete(folder.toFile());
                out.println("Deleted.");
            }
            out.println(options.completeHints(nextSteps(settings)));
            return 0;
        }
    }

    private List<String> plan(ApplicationData data, Path folder) {
        String verb = execute ? "to delete " : "would delete ";
        List<String> lines = new ArrayList<>();
        new TreeMap<>(data.offsets())
                .forEach((topic, partitions) -> lines.add("%sthe committed offsets of group %s on %s, %d partitions"
                        .formatted(verb, data.group(), topic, partitions)));
        data.internalTopics().forEach(topic -> lines.add(verb + "topic " + topic));
        if (Files.exists(folder)) {
            lines.add(verb + "folder " + folder);
        }
        return lines;
    }

    private static String nextSteps(Settings settings) {
        return """
                Instances on other machines have local state too: delete it before they start again.
                The next start reads the input topics from the beginning, as far as they reach back. Repair commands that\
                 were carried out are not carried out again.
                Topic %s keeps what was published, and 'ratchet run' refuses to publish there again, from revision 1, while\
                 it holds records. Set %s to a new topic and run 'ratchet topics apply'; or, if its consumers can bear\
                 revisions that start over, start once with --set %s=true.""".formatted(settings.topics().changelog(), TopicSettings.CHANGELOG, ApplicationSettings.REPUBLISH);
    }

    private static String running(ApplicationData data) {
        return "Expected no instance of application %1$s to be running, but consumer group %1$s has members: %2$s. Stop them; one that was killed or has a kafka.group.instance.id is gone after its session timeout."
                .formatted(
                        data.group(),
                        data.members().isEmpty() ? "started meanwhile" : String.join(", ", data.members()));
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
