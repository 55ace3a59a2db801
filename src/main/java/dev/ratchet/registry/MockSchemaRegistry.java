package dev.ratchet.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** An in-process registry for the demo and for tests. Always available; does not check compatibility. */
public final class MockSchemaRegistry implements SchemaRegistry {
    private static final Map<String, MockSchemaRegistry> NAMED = new ConcurrentHashMap<>();

    /** Index + 1 is the id: as in a real registry, a schema has the same id under every subject. */
    private final List<Schema> schemas = new ArrayList<>();

    private final Map<String, Set<Integer>> idsBySubject = new HashMap<>();

    /** The registry of this name, always the same instance, so that all users of {@code mock://NAME} share it. */
    public static MockSchemaRegistry named(String name) {
        return NAMED.computeIfAbsent(name, unused -> new MockSchemaRegistry());
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        idsBySubject.computeIfAbsent(subject, unused -> new LinkedHashSet<>()).add(id);
        return id;
    }

    @Override
    public synchronized int id(String subject, Schema schema) {
        int id = schemas.indexOf(schema) + 1;
        if (!idsOf(subject).contains(id)) {
            throw notFound("schema " + schema.getFullName() + " of subject " + subject, "Schema not found");
        }
        return id;
    }

    @Override
    public synchronized Schema byId(int id) {
        if (id < 1 || id > schemas.size()) {
            throw notFound("schema id " + id, "Schema not found");
        }
        return schemas.get(id - 1);
    }

    @Override
    public synchronized Registered latest(String subject) {
        int id = 0;
        for (int later : idsOf(subject)) {
            id = later;
        }
        return new Registered(id, byId(id));
    }

    private Set<Integer> idsOf(String subject) {
        Set<Integer> ids = idsBySubject.get(subject);
        if (ids == null) {
            throw new RegistryRefusedException(
                    "subject " + subject, 404, RegistryRefusedException.SUBJECT_NOT_FOUND, "Subject not found");
        }
        return ids;
    }

    private static RegistryRefusedException notFound(String request, String reason) {
        return new RegistryRefusedException(request, 404, RegistryRefusedException.SCHEMA_NOT_FOUND, reason);
    }
}
