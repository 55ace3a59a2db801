package dev.ratchet.cli;

import dev.ratchet.config.Settings;
import dev.ratchet.inspect.RatchetTopic;
import dev.ratchet.inspect.RecordFilter;
import dev.ratchet.inspect.TopicConsumer;
import dev.ratchet.inspect.TopicRecord;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        description = "Print the records of Ratchet's topics, decoded. Joins no group and changes nothing.",
        footer = {
            "",
            "Examples:",
            "  ratchet tail --config ratchet.properties                  # new status changes, until Ctrl-C",
            "  ratchet tail --config ratchet.properties --task ID --from-beginning events rejections changelog",
            "  ratchet tail --config ratchet.properties alerts --kind LOST_UPDATE --since 1h --follow --json",
            "",
            "Without --from-beginning and --since: only new records, until Ctrl-C. With one of them: up to the last record"
                    + " there is now; --follow goes on. Records of one partition are in order. A record that cannot be decoded"
                    + " is printed with the reason.",
            "Exit code 0, 1 if Kafka or the registry cannot be reached, 2 for wrong options."
        })
final class TailCommand implements Callable<Integer> {
    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Parameters(
            paramLabel = "TOPIC",
            arity = "0..*",
            description = "What to print: ${COMPLETION-CANDIDATES}. Default: changelog.")
    private List<RatchetTopic> topics = List.of();

    @Option(names = "--task", paramLabel = "ID", description = "Only records of this task.")
    private String task = "";

    @Option(names = "--workflow", paramLabel = "ID", description = "Only records of this workflow execution.")
    private String workflow = "";

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only this kind of alert, reason of rejection, category of dead letter, result or status.")
    private String kind = "";

    @Option(names = "--from-beginning", description = "Begin with the oldest records instead of new ones.")
    private boolean fromBeginning;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Begin with records of this time or later: an ISO-8601 instant, or a duration before now,"
                    + " such as 10m, 1h, 7d or PT1H.")
    private @Nullable String since;

    @Option(
            names = {"-f", "--follow"},
            description = "Wait for new records after the last one, until Ctrl-C.")
    private boolean follow;

    @Option(names = "--max", paramLabel = "N", description = "Exit after N records, at least 1.")
    private long max = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print one JSON object per record.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private long printed;

    @Override
    public Integer call() {
        if (fromBeginning && since != null) {
            throw new ParameterException(spec.commandLine(), "Expected --from-beginning or --since, but got both.");
        }
        if (max < 1) {
            throw new ParameterException(spec.commandLine(), "Expected --max to be at least 1, but got " + max + ".");
        }
        Optional<Instant> start = Optional.ofNullable(since).map(this::time);
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
        Set<RatchetTopic> wanted = topics.isEmpty() ? EnumSet.of(RatchetTopic.CHANGELOG) : EnumSet.copyOf(topics);
        RecordFilter filter = new RecordFilter(task, workflow, kind);
        try (TopicConsumer reader = new TopicConsumer(settings, wanted)) {
            start.ifPresent(reader::seekTo);
            boolean onlyNew = start.isEmpty() && !fromBeginning;
            if (onlyNew) {
                reader.seekToEnd();
            }
            if (onlyNew || follow) {
                reader.follow(record -> print(record, filter));
            } else {
                reader.readToEnd(record -> print(record, filter));
            }
        }
        return spec.commandLine().getOut().checkError() ? RatchetCommand.EXIT_BROKEN_PIPE : 0;
    }

    /** {@return whether to go on} */
    private boolean print(TopicRecord record, RecordFilter filter) {
        if (!filter.matches(record)) {
            return true;
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? record.toJson() : RecordPrinter.line(record));
        printed++;
        return printed < max && !out.checkError(); // which flushes
    }

    private Instant time(String text) {
        try {
            String duration = text.replaceFirst("^(\\d{1,9})d$", "P$1D").replaceFirst("^(\\d{1,9}[hms])$", "PT$1");
            return duration.startsWith("P") ? Instant.now().minus(Duration.parse(duration)) : Instant.parse(text);
        } catch (RuntimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected --since to be an instant such as 2026-01-31T12:00:00Z or a duration such as 1h or PT1H, but got '"
                            + text + "'.",
                    e);
        }
    }
}
