package dev.ratchet.registry;

import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A registry that is made when it is first asked. */
public final class LazySchemaRegistry implements SchemaRegistry {
    private final Supplier<SchemaRegistry> making;
    private @Nullable SchemaRegistry made;

    public LazySchemaRegistry(Supplier<SchemaRegistry> making) {
        this.making = making;
    }

    private synchronized SchemaRegistry made() {
        if (made == null) {
            made = making.get();
        }
        return made;
    }

    @Override
    public int register(String subject, Schema schema) {
        return made().register(subject, schema);
    }

    @Override
    public int id(String subject, Schema schema) {
        return made().id(subject, schema);
    }

    @Override
    public Schema byId(int id) {
        return made().byId(id);
    }

    @Override
    public Registered latest(String subject) {
        return made().latest(subject);
    }
}
