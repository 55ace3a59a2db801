package dev.ratchet.registry;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Confluent's own serializer and deserializer, with the Kafka and Avro they come with: in a class loader that shares the
 * JDK with ours, and nothing else.
 */
final class Oracle implements AutoCloseable {
    private static @Nullable ClassLoader confluent;

    private final ClassLoader loader;
    private final Object side;

    /** @param config for both, by Confluent's names */
    Oracle(Map<String, ?> config) throws IOException, ReflectiveOperationException {
        loader = loader();
        Constructor<?> made = loader.loadClass(OracleSide.class.getName()).getConstructor(Map.class);
        side = within(() -> made.newInstance(config));
    }

    /** One for all, as it takes some seconds to load its classes. */
    private static synchronized ClassLoader loader() throws IOException {
        if (confluent == null) {
            URL jar = DownloadedFiles.confluent().toUri().toURL();
            URL tests = OracleSide.class.getProtectionDomain().getCodeSource().getLocation();
            confluent = new URLClassLoader(new URL[] {jar, tests}, ClassLoader.getPlatformClassLoader());
        }
        return confluent;
    }

    /** {@return what Confluent's serializer makes of the record} */
    byte[] serialize(String topic, String schema, String json) {
        return (byte[]) call("serialize", topic, schema, json);
    }

    /** {@return as JSON, what Confluent's deserializer reads} Fails as that does. */
    String deserialize(String topic, byte[] bytes) {
        return (String) call("deserialize", topic, bytes);
    }

    private Object call(String method, Object... arguments) {
        Class<?>[] types =
                java.util.Arrays.stream(arguments).map(Object::getClass).toArray(Class<?>[]::new);
        try {
            return within(() -> side.getClass().getMethod(method, types).invoke(side, arguments));
        } catch (InvocationTargetException e) {
            throw new OracleRefused(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Expected Confluent's classes to be as they were", e);
        }
    }

    private interface Reflected {
        Object get() throws ReflectiveOperationException;
    }

    /** Kafka looks for classes by the thread's loader first. */
    private Object within(Reflected work) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() {
        call("close");
    }

    /** It said no, in its own words. */
    static final class OracleRefused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OracleRefused(Throwable cause) {
            super(cause.toString(), cause);
        }
    }
}
