package dev.ratchet.cli;

import dev.ratchet.config.ApplicationSettings;
import dev.ratchet.config.Settings;
import dev.ratchet.config.TopicSettings;
import dev.ratchet.topics.ApplicationAdmin.ApplicationData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Formats the output of {@code ratchet reset}.
 *
 * @param folder of the application's local state
 */
record ResetPrinter(Settings settings, ApplicationData data, Path folder, boolean folderExists) {

    /** The error if an instance runs. */
    static String running(ApplicationData data) {
        return "Expected no instance of application %1$s to be running, but consumer group %1$s has members: %2$s. Stop them; one that was killed or has a kafka.group.instance.id is gone after its session timeout."
                .formatted(
                        data.group(),
                        data.members().isEmpty() ? "started meanwhile" : String.join(", ", data.members()));
    }

    boolean hasNothingToDelete() {
        return data.offsets().isEmpty() && data.internalTopics().isEmpty() && !folderExists;
    }

    /** Lists what is deleted. */
    List<String> plan(boolean execute) {
        if (hasNothingToDelete()) {
            return List.of(
                    "There is nothing to delete of application %s: no committed offsets, no internal topics, and no folder %s."
                            .formatted(data.group(), folder));
        }
        String verb = execute ? "to delete" : "would delete";
        List<String> lines = new ArrayList<>();
        data.offsets().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(topic -> "%s the committed offsets of group %s on %s, %d partitions"
                        .formatted(verb, data.group(), topic.getKey(), topic.getValue()))
                .forEach(lines::add);
        data.internalTopics().forEach(topic -> lines.add(verb + " topic " + topic));
        if (folderExists) {
            lines.add(verb + " folder " + folder);
        }
        return lines;
    }

    List<String> nextSteps(boolean execute) {
        List<String> lines = new ArrayList<>();
        if (!execute && !hasNothingToDelete()) {
            lines.add("Dry run: nothing was deleted. Add --execute to delete.");
        }
        lines.add("Instances on other machines have local state too: delete it before they start again.");
        lines.add(
                "The next start reads the input topics from the beginning, as far as they reach back. Repair commands that"
                        + " were carried out are not carried out again.");
        lines.add(
                "Topic %s keeps what was published, and 'ratchet run' refuses to publish there again, from revision 1, while it holds records. Set %s to a new topic and run 'ratchet topics apply'; or, if its consumers can bear revisions that start over, start once with --set %s=true."
                        .formatted(
                                settings.topics().changelog(), TopicSettings.CHANGELOG, ApplicationSettings.REPUBLISH));
        return lines;
    }
}
