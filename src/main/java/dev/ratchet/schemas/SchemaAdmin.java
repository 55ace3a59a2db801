package dev.ratchet.schemas;

import dev.ratchet.registry.RegistryAdmin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Looks at what the registry holds, and makes it right as far as no reader is harmed: it registers what fits, and sets
 * levels. It deletes nothing. Each method throws {@link dev.ratchet.registry.RegistryException} if the registry does not
 * answer, or refuses; all may be called again.
 */
public final class SchemaAdmin {
    private final RegistryAdmin registry;

    /**
     * @param config of the serdes, with the registry's address
     * @throws org.apache.kafka.common.config.ConfigException if a setting is missing or wrong
     */
    public SchemaAdmin(Map<String, ?> config) {
        registry = new RegistryAdmin(config);
    }

    /** Changes nothing. */
    public SchemaReport check(SchemaPlan plan) {
        List<ActualSubject> looks = plan.schemas().stream().map(this::look).toList();
        return new SchemaReport(
                looks.stream().flatMap(look -> look.lines().stream()).toList(),
                looks.stream().allMatch(ActualSubject::isFine));
    }

    /** Registers what is missing and fits, and sets the levels. */
    public SchemaReport register(SchemaPlan plan) {
        return register(plan, false);
    }

    /** Says what {@link #register} would do. Changes nothing. */
    public SchemaReport dryRun(SchemaPlan plan) {
        return register(plan, true);
    }

    private SchemaReport register(SchemaPlan plan, boolean dry) {
        List<String> lines = new ArrayList<>();
        boolean fine = true;
        for (SchemaSpec spec : plan.schemas()) {
            ActualSubject look = look(spec);
            if (look.conflict().isPresent()) {
                lines.add("left " + look.misfit(look.conflict().get()));
                fine = false;
            } else if (look.isFine()) {
                lines.add(look.fine());
            } else {
                lines.addAll(mend(look, dry));
            }
        }
        return new SchemaReport(lines, fine);
    }

    /** The level first, so that it holds for the schema too: where the registry lets a subject have one without a version. */
    private List<String> mend(ActualSubject look, boolean dry) {
        SchemaSpec spec = look.spec();
        String level = "%s: %s (was %s)".formatted(look.subject(), spec.level(), look.level());
        String what = look.subject() + ": " + spec.record();
        List<String> lines = new ArrayList<>();
        boolean isLevelSet = look.isAtLevel() || dry || registry.setLevel(look.subject(), spec.level());
        if (!look.isAtLevel()) {
            lines.add((dry ? "would change " : "changed ") + level);
        }
        if (look.id().isEmpty()) {
            lines.add(
                    dry
                            ? "would register " + what
                            : "registered " + what + ", schema " + registry.register(spec.subject()));
        }
        if (!isLevelSet && !registry.setLevel(look.subject(), spec.level())) {
            throw new IllegalStateException("Expected the registry to hold subject " + look.subject()
                    + ", which was just registered, but it does not");
        }
        return lines;
    }

    private ActualSubject look(SchemaSpec spec) {
        String subject = spec.subject().name();
        return new ActualSubject(
                spec, registry.id(spec.subject()), registry.versions(subject), registry.level(subject));
    }
}
