package dev.ratchet.stream.topology;

import dev.ratchet.registry.MockSchemaRegistry;
import dev.ratchet.registry.RegistryRefusedException;
import dev.ratchet.registry.RegistryUnavailableException;
import dev.ratchet.registry.SchemaRegistry;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;

/** A registry that is unavailable, rejects requests or has lost schemas or subjects, as a test sets it. */
final class FaultyRegistry implements SchemaRegistry {
    final Set<Integer> unavailable = new HashSet<>();
    final Set<Integer> unknown = new HashSet<>();
    final Set<Integer> rejected = new HashSet<>();
    boolean rejectsAll;
    boolean rejectsSubjects;
    boolean hasNoSubjects;
    boolean isUnavailable;

    private final SchemaRegistry sound =
            MockSchemaRegistry.named(UUID.randomUUID().toString());

    @Override
    public int register(String subject, Schema schema) {
        return sound.register(subject, schema);
    }

    @Override
    public int id(String subject, Schema schema) {
        return sound.id(subject, schema);
    }

    @Override
    public Schema byId(int id) {
        if (unavailable.contains(id)) {
            throw unavailable();
        }
        if (rejectsAll) {
            throw new RegistryRefusedException("schema id " + id, 401, 401, "Unauthorized");
        }
        if (rejected.contains(id)) {
            throw new RegistryRefusedException("schema id " + id, 403, 40301, "Forbidden");
        }
        if (unknown.contains(id)) {
            throw new RegistryRefusedException("schema id " + id, 404, 40403, "Schema not found");
        }
        return sound.byId(id);
    }

    @Override
    public Registered latest(String subject) {
        if (isUnavailable) {
            throw unavailable();
        }
        if (rejectsAll || rejectsSubjects) {
            throw new RegistryRefusedException("subject " + subject, 401, 401, "Unauthorized");
        }
        if (hasNoSubjects) {
            throw new RegistryRefusedException("subject " + subject, 404, 40401, "Subject not found");
        }
        return sound.latest(subject);
    }

    private static RegistryUnavailableException unavailable() {
        return new RegistryUnavailableException("Expected the registry to answer, but it is away", null);
    }
}
