package dev.ratchet.registry;

import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** A registry that is created at its first use. */
public final class LazySchemaRegistry implements SchemaRegistry {
    private final Supplier<SchemaRegistry> factory;
    private @Nullable SchemaRegistry delegate;

    public LazySchemaRegistry(Supplier<SchemaRegistry> factory) {
        this.factory = factory;
    }

    private synchronized SchemaRegistry delegate() {
        if (delegate == null) {
            delegate = factory.get();
        }
        return delegate;
    }

    @Override
    public int register(String subject, Schema schema) {
        return delegate().register(subject, schema);
    }

    @Override
    public int id(String subject, Schema schema) {
        return delegate().id(subject, schema);
    }

    @Override
    public Schema byId(int id) {
        return delegate().byId(id);
    }

    @Override
    public Registered latest(String subject) {
        return delegate().latest(subject);
    }
}
