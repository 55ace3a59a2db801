package dev.ratchet.schemas;

import dev.ratchet.registry.Compatibility;
import dev.ratchet.registry.HttpSchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;

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

    /**
     * Registers missing schemas that are compatible, and sets the levels.
     *
     * @param dry only lists what it would do
     */
    public Report register(SchemaPlan plan, boolean dry) {
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

    /**
     * A subject as it exists in the registry, with its specification.
     *
     * @param id of this program's schema; empty if the subject does not have it
     * @param versions all versions, oldest first
     * @param level its compatibility level
     */
    private record ActualSubject(
            SchemaPlan.Spec spec, Optional<Integer> id, List<Schema> versions, Compatibility level) {

        /** Why this program's schema is incompatible; empty if it can be registered or is. */
        Optional<String> conflict() {
            return id.isPresent()
                    ? Optional.empty()
                    : spec.level().conflict(spec.subject().schema(), versions);
        }

        boolean isAtLevel() {
            return level.covers(spec.level());
        }

        boolean isComplete() {
            return id.isPresent() && isAtLevel();
        }

        /** One line for each problem, or one line that says that there is none. */
        List<String> lines() {
            return isComplete() ? List.of(describe()) : findings();
        }

        String describe() {
            return "ok %s: %s is schema %d, version %d of %d, at %s"
                    .formatted(
                            subject(),
                            spec.record(),
                            id.orElseThrow(),
                            versions.indexOf(spec.subject().schema()) + 1,
                            versions.size(),
                            level);
        }

        private List<String> findings() {
            List<String> findings = new ArrayList<>();
            Optional<String> conflict = conflict();
            if (conflict.isPresent()) {
                findings.add(describeConflict(conflict.get()));
            } else if (id.isEmpty()) {
                findings.add("Expected subject %s to hold %s of topic %s, but %s: run 'ratchet schemas register'."
                        .formatted(
                                subject(),
                                spec.record(),
                                spec.topic(),
                                versions.isEmpty()
                                        ? "there is no such subject"
                                        : "it only has others (" + versions.size() + ")"));
            }
            if (!isAtLevel()) {
                findings.add(
                        "Expected subject %s to have compatibility level %s, but it has %s: run 'ratchet schemas register'."
                                .formatted(subject(), spec.level(), level));
            }
            return findings;
        }

        /** An operator has to decide: another topic, or an older or newer version of Ratchet. */
        String describeConflict(String conflict) {
            return "Expected this program's %s to fit what subject %s holds at %s, but %s."
                    .formatted(spec.record(), subject(), spec.level(), conflict);
        }

        String subject() {
            return spec.subject().name();
        }
    }
}
