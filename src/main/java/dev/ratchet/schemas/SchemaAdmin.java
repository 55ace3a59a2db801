package dev.ratchet.schemas;

import dev.ratchet.registry.HttpSchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks the registry, registers compatible schemas and sets compatibility levels. Deletes nothing. Each method throws {@link
 * dev.ratchet.registry.RegistryException} if the registry does not answer or refuses; all are safe to repeat.
 */
public final class SchemaAdmin {
    /**
     * Result of a check or a registration.
     *
     * @param lines at least one for each topic, in the order of the plan
     * @param complete whether nothing is left to do, or after a dry run, would be
     */
    public record Report(List<String> lines, boolean complete) {
        public Report {
            lines = List.copyOf(lines);
        }
    }

    private final HttpSchemaRegistry registry;

    /**
     * @param config of the serdes, with the registry's address
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    public SchemaAdmin(Map<String, ?> config) {
        registry = new HttpSchemaRegistry(config);
    }

    /** Changes nothing. */
    public Report check(SchemaPlan plan) {
        List<ActualSubject> subjects =
                plan.schemas().stream().map(this::inspect).toList();
        return new Report(
                subjects.stream().flatMap(subject -> subject.lines().stream()).toList(),
                subjects.stream().allMatch(ActualSubject::isComplete));
    }

    /** Registers missing schemas that are compatible, and sets the levels. */
    public Report register(SchemaPlan plan) {
        return register(plan, false);
    }

    /** Lists what {@link #register} would do. Changes nothing. */
    public Report dryRun(SchemaPlan plan) {
        return register(plan, true);
    }

    private Report register(SchemaPlan plan, boolean dry) {
        List<String> lines = new ArrayList<>();
        boolean complete = true;
        for (SchemaPlan.Spec spec : plan.schemas()) {
            ActualSubject subject = inspect(spec);
            if (subject.conflict().isPresent()) {
                lines.add("left " + subject.describeConflict(subject.conflict().get()));
                complete = false;
            } else if (subject.isComplete()) {
                lines.add(subject.describe());
            } else {
                lines.addAll(fix(subject, dry));
            }
        }
        return new Report(lines, complete);
    }

    /** Sets the level first, so that it applies to the schema too, if the registry allows a level without a version. */
    private List<String> fix(ActualSubject subject, boolean dry) {
        SchemaPlan.Spec spec = subject.spec();
        String level = "%s: %s (was %s)".formatted(subject.subject(), spec.level(), subject.level());
        String what = subject.subject() + ": " + spec.record();
        List<String> lines = new ArrayList<>();
        boolean isLevelSet = subject.isAtLevel() || dry || registry.setLevel(subject.subject(), spec.level());
        if (!subject.isAtLevel()) {
            lines.add((dry ? "would change " : "changed ") + level);
        }
        if (subject.id().isEmpty()) {
            lines.add(
                    dry
                            ? "would register " + what
                            : "registered " + what + ", schema "
                                    + registry.register(
                                            spec.subject().name(),
                                            spec.subject().schema()));
        }
        if (!isLevelSet && !registry.setLevel(subject.subject(), spec.level())) {
            throw new IllegalStateException("Expected the registry to hold subject " + subject.subject()
                    + ", which was just registered, but it does not");
        }
        return lines;
    }

    private ActualSubject inspect(SchemaPlan.Spec spec) {
        String subject = spec.subject().name();
        return new ActualSubject(
                spec, registry.id(spec.subject()), registry.versions(subject), registry.level(subject));
    }
}
