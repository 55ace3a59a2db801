package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.ingest.DeadLetterCategory;
import dev.ratchet.inspect.DeadLetterRedrive;
import dev.ratchet.inspect.RatchetTopic;
import dev.ratchet.inspect.RecordFilter;
import dev.ratchet.inspect.RedriveProgress;
import dev.ratchet.inspect.TopicConsumer;
import dev.ratchet.inspect.TopicRecord;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dead-letters",
        description = "List, show or send again the records that Ratchet could not process.",
        footer = {
            "",
            "Examples:",
            "  ratchet dead-letters list --config ratchet.properties",
            "  ratchet dead-letters show --config ratchet.properties 2@17",
            "  ratchet dead-letters redrive --config ratchet.properties --category UNKNOWN_SCHEMA"
        })
final class DeadLettersCommand {
    private static final String EXITS =
            "Exit code 0, 1 if Kafka or the registry cannot be reached, 2 for wrong options.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "list",
            description = "List the dead letters, oldest first in each partition, and count them by category.",
            footer = {
                "",
                "Examples:",
                "  ratchet dead-letters list --config ratchet.properties",
                "  ratchet dead-letters list --config ratchet.properties --category MALFORMED --json",
                "",
                EXITS
            })
    int list(
            @Mixin SettingsOptions options,
            @Option(names = "--category", paramLabel = "CATEGORY", description = "Only ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    DeadLetterCategory category,
            @Option(names = "--json", description = "Print one JSON object per dead letter.") boolean json) {
        Map<String, Integer> counts = new TreeMap<>();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        read(options, category, record -> {
            out.println(json ? record.toJson() : RecordPrinter.line(record));
            counts.merge(record.headers().path("ratchet.category").asText("?"), 1, Integer::sum);
        });
        (json ? err : out).println(summary(counts));
        return 0;
    }

    private static String summary(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "There are no dead letters."
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", ", "Dead letters: ", "."));
    }

    @Command(
            name = "show",
            description = "Show one dead letter with all headers and its value.",
            footer = {"", "Examples:", "  ratchet dead-letters show --config ratchet.properties 2@17", "", EXITS})
    int show(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "PARTITION@OFFSET", description = "As in the list.") String position) {
        if (!position.matches("\\d{1,9}@\\d{1,18}")) {
            throw new ParameterException(
                    spec.commandLine(), "Expected PARTITION@OFFSET, such as 2@17, but got '" + position + "'.");
        }
        String[] place = position.split("@", 2);
        Optional<TopicRecord> found;
        try (TopicConsumer letters = consumer(load(options))) {
            found = letters.find(Integer.parseInt(place[0]), Long.parseLong(place[1]));
        }
        found.ifPresentOrElse(
                letter -> spec.commandLine().getOut().println(letter.toJson().toPrettyString()),
                () -> spec.commandLine()
                        .getErr()
                        .println("Expected a dead letter at " + position + ", but there is none."));
        return found.isPresent() ? 0 : 1;
    }

    @Command(
            name = "redrive",
            description = {
                "Send dead letters to the topics they came from. A dry run unless --execute is given.",
                "For example after a schema was registered. Key, value and headers are the same; one more header counts how"
                        + " often.",
                "Continues where the last run with the same --category ended."
            },
            footer = {
                "",
                "Examples:",
                "  ratchet dead-letters redrive --config ratchet.properties --category UNKNOWN_SCHEMA",
                "  ratchet dead-letters redrive --config ratchet.properties --category UNKNOWN_SCHEMA --execute --max 1",
                "  ratchet dead-letters redrive --config ratchet.properties --category UNKNOWN_SCHEMA --execute",
                "",
                "A record that does not become readable by this comes back as a dead letter. Such a record is left after"
                        + " --max-attempts.",
                EXITS
            })
    int redrive(
            @Mixin SettingsOptions options,
            @Option(names = "--category", paramLabel = "CATEGORY", description = "Only ${COMPLETION-CANDIDATES}.")
                    @Nullable
                    DeadLetterCategory category,
            @Option(names = "--from-beginning", description = "Also those that an earlier run has sent or left.")
                    boolean fromBeginning,
            @Option(
                            names = "--max",
                            paramLabel = "N",
                            defaultValue = "2147483647",
                            description = "Send N at most; the next run continues there.",
                            showDefaultValue = CommandLine.Help.Visibility.NEVER)
                    int max,
            @Option(
                            names = "--max-attempts",
                            paramLabel = "N",
                            defaultValue = "3",
                            description = "Leave a record that was sent N times already. Default: ${DEFAULT-VALUE}.")
                    int attempts,
            @Option(names = "--execute", description = "Send them.") boolean execute) {
        if (attempts < 1 || max < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --max and --max-attempts to be at least 1, but got " + Math.min(max, attempts) + ".");
        }
        Settings settings = load(options);
        PrintWriter out = spec.commandLine().getOut();
        int[] counts = new int[2];
        try (TopicConsumer letters = consumer(settings);
                RedriveProgress progress = new RedriveProgress(settings, category == null ? "" : category.name());
                DeadLetterRedrive redrive = new DeadLetterRedrive(settings, attempts)) {
            if (!fromBeginning) {
                progress.resume(letters);
            }
            RecordFilter filter = filter(category);
            letters.readToEnd(letter -> {
                progress.reach(letter);
                if (filter.matches(letter)) {
                    Optional<String> obstacle = redrive.obstacle(letter);
                    counts[obstacle.isPresent() ? 1 : 0]++;
                    if (execute && obstacle.isEmpty()) {
                        redrive.send(letter);
                        progress.commit();
                    }
                    out.println(line(letter, obstacle, execute));
                }
                return counts[0] < max;
            });
            if (execute) {
                progress.commit();
            }
        }
        out.printf(
                "%d %s, %d left.%s%n",
                counts[0],
                execute ? "sent" : "to send",
                counts[1],
                execute ? "" : " Dry run: nothing was sent. Add --execute to send.");
        return 0;
    }

    private static String line(TopicRecord letter, Optional<String> obstacle, boolean execute) {
        String position = letter.position();
        String sent = (execute ? "sent " : "would send ") + position + " to " + DeadLetterRedrive.topic(letter);
        return obstacle.map(why -> "left " + position + ": " + why).orElse(sent);
    }

    private void read(SettingsOptions options, @Nullable DeadLetterCategory category, Consumer<TopicRecord> action) {
        Settings settings = load(options);
        RecordFilter filter = filter(category);
        try (TopicConsumer letters = consumer(settings)) {
            letters.readToEnd(letter -> {
                if (filter.matches(letter)) {
                    action.accept(letter);
                }
                return !spec.commandLine().getOut().checkError();
            });
        }
    }

    private static Settings load(SettingsOptions options) {
        return options.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
    }

    private static TopicConsumer consumer(Settings settings) {
        return new TopicConsumer(settings, List.of(RatchetTopic.DEAD_LETTERS));
    }

    private static RecordFilter filter(@Nullable DeadLetterCategory category) {
        return new RecordFilter("", "", category == null ? "" : category.name());
    }
}
