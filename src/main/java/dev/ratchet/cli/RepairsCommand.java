package dev.ratchet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ratchet.avro.AvroSerdes;
import dev.ratchet.config.Settings;
import dev.ratchet.repair.open.OpenRepair;
import dev.ratchet.repair.open.OpenRepairs;
import dev.ratchet.task.RepairState;
import dev.ratchet.task.TaskState;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "repairs",
        description =
                "List the tasks whose terminal status Conductor lost and that are not repaired yet, or retry them.",
        footer = {
            "",
            "Examples:",
            "  ratchet repairs list --config ratchet.properties",
            "  ratchet repairs retry --config ratchet.properties --failed"
        })
final class RepairsCommand {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "list",
            description = "List the open repairs with their progress and last error. The stream need not run.",
            footer = {
                "",
                "Examples:",
                "  ratchet repairs list --config ratchet.properties --failed",
                "  ratchet repairs list --config ratchet.properties --json",
                "",
                "Exit code 0, or 1 if Kafka or the registry cannot be reached."
            })
    int list(
            @Mixin SettingsOptions options,
            @Option(names = "--failed", description = "Only repairs that are given up.") boolean failed,
            @Option(names = "--json", description = "Print one JSON object per line.") boolean json) {
        List<OpenRepair> all = repairs(options).list();
        List<OpenRepair> repairs = all.stream()
                .filter(repair -> !failed || repair.repair().isFinal())
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        repairs.stream().map(json ? RepairsCommand::json : RepairsCommand::text).forEach(out::println);
        if (json) {
            return 0;
        }
        long over = all.stream().filter(repair -> repair.repair().isFinal()).count();
        out.printf("%d repairs are open, of which %d are given up.%n", all.size(), over);
        return 0;
    }

    @Command(
            name = "retry",
            description = "Retry repairs from their first attempt, whatever their last result was.",
            footer = {
                "",
                "Examples:",
                "  ratchet repairs retry --config ratchet.properties TASK",
                "  ratchet repairs retry --config ratchet.properties --failed",
                "",
                "Exit code 0 if all retries are requested, 1 if one of the tasks has no open repair, or if Kafka or the"
                        + " registry cannot be reached, 2 for wrong options."
            })
    int retry(
            @Mixin SettingsOptions options,
            @Parameters(paramLabel = "TASK", arity = "0..*", description = "Task ids.") List<String> taskIds,
            @Option(names = "--failed", description = "All repairs that are given up.") boolean failed) {
        Set<String> wanted = taskIds == null ? Set.of() : new LinkedHashSet<>(taskIds);
        if (wanted.isEmpty() != failed) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Expected either task ids or --failed, but got " + (failed ? "both." : "neither."));
        }
        OpenRepairs repairs = repairs(options);
        List<OpenRepair> found = repairs.list().stream()
                .filter(repair -> failed ? repair.repair().isFinal() : wanted.remove(repair.taskId()))
                .toList();
        repairs.retry(found);
        PrintWriter out = spec.commandLine().getOut();
        found.forEach(repair -> out.println("Retry requested: task " + repair.taskId()));
        if (found.isEmpty() && failed) {
            out.println("No repair is given up.");
        }
        wanted.forEach(taskId -> spec.commandLine()
                .getErr()
                .println(options.completeHints("Expected task " + taskId
                        + " to have an open repair, but it has none: see 'ratchet repairs list'.")));
        return wanted.isEmpty() ? 0 : 1;
    }

    private static OpenRepairs repairs(SettingsOptions options) {
        Settings settings = options.load(Settings.BOOTSTRAP_SERVERS, Settings.SCHEMA_REGISTRY_URL);
        return new OpenRepairs(settings, AvroSerdes.registry(settings.serde()));
    }

    private static String text(OpenRepair repair) {
        TaskState task = repair.task();
        return "%s %s of workflow %s: should be %s, Conductor reported %s at %s%n    %s%s"
                .formatted(
                        repair.taskId(),
                        task.task().referenceTaskName(),
                        task.task().workflowId(),
                        task.current().status(),
                        task.lastReported().observation().status(),
                        reportedAt(task),
                        state(repair.repair()),
                        repair.reason().isEmpty() ? "" : ": " + repair.reason());
    }

    static String json(OpenRepair repair) {
        TaskState task = repair.task();
        return JSON.createObjectNode()
                .put("taskId", repair.taskId())
                .put("workflowId", task.task().workflowId())
                .put("referenceTaskName", task.task().referenceTaskName())
                .put("epoch", task.epoch().number())
                .put("status", task.current().status().name())
                .put("heard", task.lastReported().observation().status().name())
                .put("reportedAt", reportedAt(task).toString())
                .put("repair", repair.repair().result().name())
                .put("attempt", repair.repair().attempt())
                .put("issued", repair.repair().issued())
                .put("reason", repair.reason())
                .toString();
    }

    private static Instant reportedAt(TaskState task) {
        return Instant.ofEpochMilli(task.lastReported().observation().occurredAt());
    }

    private static String state(RepairState repair) {
        return switch (repair.result()) {
            case NONE -> "not started";
            case PENDING -> "attempt " + repair.attempt() + " is running";
            case FAILED -> "attempt " + repair.attempt() + " failed and will be retried";
            case DRY_RUN -> "dry run";
            case REPAIRED, ALREADY_CONSISTENT -> "repaired, and lost again";
            case NOT_REPAIRABLE -> "NOT REPAIRABLE";
            case GIVEN_UP -> "GIVEN UP after " + repair.attempt() + " attempts";
            case EXHAUSTED -> "GIVEN UP, since " + repair.issued() + " repairs were lost again";
        };
    }
}
