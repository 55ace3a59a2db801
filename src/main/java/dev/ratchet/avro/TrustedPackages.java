package dev.ratchet.avro;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Packages whose classes Avro may create. Since 1.12.2 Avro asks a process-wide predicate about every class that a schema names.
 * Its default knows only a few JDK packages and those in the system property {@code org.apache.avro.SERIALIZABLE_PACKAGES},
 * which is read once, too early to be set here. This class adds packages to that predicate and removes none.
 */
final class TrustedPackages {
    private static final Set<String> NAMES = ConcurrentHashMap.newKeySet();

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), found -> NAMES.contains(found.getPackageName())));
    }

    private TrustedPackages() {}

    /** Trusts the package of a class, without its subpackages. Safe to repeat. */
    static void trustPackageOf(Class<?> type) {
        NAMES.add(type.getPackageName());
    }
}
