package dev.ratchet.stream;

import dev.ratchet.wire.RegistryUnavailableException;
import dev.ratchet.wire.SchemaRegistry;
import org.apache.avro.Schema;

/** A registry that never answers. */
final class AbsentRegistry implements SchemaRegistry {
    @Override
    public int register(String subject, Schema schema) {
        throw away();
    }

    @Override
    public int id(String subject, Schema schema) {
        throw away();
    }

    @Override
    public Schema byId(int id) {
        throw away();
    }

    @Override
    public Registered latest(String subject) {
        throw away();
    }

    private static RegistryUnavailableException away() {
        return new RegistryUnavailableException("Expected the registry to answer, but it is away", null);
    }
}
