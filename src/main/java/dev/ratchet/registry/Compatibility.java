package dev.ratchet.registry;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Compatibility levels of a subject, by Confluent's names: what a new version must be able to read, and what must be able
 * to read it.
 */
public enum Compatibility {
    /** No check. */
    NONE(false, false, false),
    /** It reads data of the newest version. */
    BACKWARD(true, false, false),
    /** It reads data of all versions. */
    BACKWARD_TRANSITIVE(true, false, true),
    /** The newest version reads its data. */
    FORWARD(false, true, false),
    /** All versions read its data. */
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    /** Backward and forward, for all versions. */
    FULL_TRANSITIVE(true, true, true);

    private final boolean backward;
    private final boolean forward;
    private final boolean transitive;

    Compatibility(boolean backward, boolean forward, boolean transitive) {
        this.backward = backward;
        this.forward = forward;
        this.transitive = transitive;
    }

    /** Whether it is at least as strict as the other. */
    public boolean covers(Compatibility other) {
        return (backward || !other.backward) && (forward || !other.forward) && (transitive || !other.transitive);
    }

    /**
     * Why a schema is incompatible with the earlier versions; empty if it is compatible.
     *
     * @param earlier all versions, oldest first
     */
    public Optional<String> conflict(Schema next, List<Schema> earlier) {
        List<Schema> compared =
                transitive || earlier.isEmpty() ? earlier : earlier.subList(earlier.size() - 1, earlier.size());
        for (Schema one : compared) {
            String version = "version " + (earlier.indexOf(one) + 1);
            Optional<String> found = backward
                    ? incompatibility(next, one).map(why -> "it cannot read what " + version + " wrote: " + why)
                    : Optional.empty();
            if (found.isEmpty() && forward) {
                found = incompatibility(one, next).map(why -> version + " cannot read what it writes: " + why);
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> incompatibility(Schema reader, Schema writer) {
        SchemaCompatibility.SchemaPairCompatibility pair =
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
        if (pair.getType() == SchemaCompatibilityType.COMPATIBLE) {
            return Optional.empty();
        }
        Incompatibility first = pair.getResult().getIncompatibilities().get(0);
        return Optional.of("%s at %s: %s".formatted(first.getType(), first.getLocation(), first.getMessage()));
    }
}
