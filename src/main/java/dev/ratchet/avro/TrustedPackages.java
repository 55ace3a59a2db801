package dev.ratchet.avro;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro which packages it may make records and enums of. Since 1.12.2 it asks a process-wide predicate about every
 * class it finds by a schema's name, and the one it starts with knows only a few of the JDK's and the packages in the
 * system property {@code org.apache.avro.SERIALIZABLE_PACKAGES}, read once: too late to set from here. So ours is added
 * to that predicate; whatever it trusted before stays trusted, and nothing else becomes so.
 */
final class TrustedPackages {
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), found -> NAMES.contains(found.getPackageName())));
    }

    private TrustedPackages() {}

    /** Trusts the package of a class that the program itself names: not those below it. Safe to repeat. */
    static void trustPackageOf(Class<?> type) {
        NAMES.add(type.getPackageName());
    }
}
