package dev.ratchet.status;

/**
 * The result of one check.
 *
 * @param detail why, for a person
 */
record HealthCheck(String name, boolean up, String detail) {
    static HealthCheck up(String name, String detail) {
        return new HealthCheck(name, true, detail);
    }

    static HealthCheck down(String name, String detail) {
        return new HealthCheck(name, false, detail);
    }
}
