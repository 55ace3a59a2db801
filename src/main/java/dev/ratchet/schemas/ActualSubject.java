package dev.ratchet.schemas;

import dev.ratchet.registry.Compatibility;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * A subject as it exists in the registry, with its specification.
 *
 * @param id of this program's schema; empty if the subject does not have it
 * @param versions all versions, oldest first
 * @param level its compatibility level
 */
record ActualSubject(SchemaPlan.Spec spec, Optional<Integer> id, List<Schema> versions, Compatibility level) {

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
