package dev.ratchet.registry;

/** The registry answered, and the answer is no. Trying again does not help until someone changes something. */
public final class RegistryRefusedException extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** The registry's word for a schema id, or a schema, that it does not hold. */
    public static final int SCHEMA_NOT_FOUND = 40403;

    /** The registry's word for a subject that it does not hold. */
    static final int SUBJECT_NOT_FOUND = 40401;

    private final int status;
    private final int errorCode;

    /**
     * @param request what was asked, with the subject or id
     * @param status of HTTP
     * @param errorCode the registry's own, finer than the status; the status again if the answer had none
     * @param reason the registry's words
     */
    public RegistryRefusedException(String request, int status, int errorCode, String reason) {
        super("Expected the schema registry to accept %s, but it answered %d, error code %d: %s%s"
                .formatted(request, status, errorCode, reason, hint(status, errorCode)));
        this.status = status;
        this.errorCode = errorCode;
    }

    private static String hint(int status, int errorCode) {
        return switch (status) {
            case 401, 403 -> " (basic.auth.* or bearer.auth.* say who asks)";
            case 404 -> errorCode == status ? " (schema.registry.url may lead to something else)" : "";
            case 409 -> " (ratchet schemas check tells more)";
            default -> "";
        };
    }

    public int status() {
        return status;
    }

    public int errorCode() {
        return errorCode;
    }

    /**
     * Whether the registry itself says that it does not hold what was asked for. False for a bare 404, which is what a
     * wrong {@code schema.registry.url} gives.
     */
    public boolean isNotFound() {
        return errorCode / 100 == 404;
    }
}
