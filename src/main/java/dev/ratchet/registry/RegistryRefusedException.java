package dev.ratchet.registry;

/** The registry rejected the request. A retry does not help until someone changes something. */
public final class RegistryRefusedException extends RegistryException {
    /** Error code for an unknown schema id or schema. */
    public static final int SCHEMA_NOT_FOUND = 40403;

    static final int SUBJECT_NOT_FOUND = 40401;

    private final int errorCode;

    /**
     * @param request with the subject or id
     * @param status HTTP status
     * @param errorCode the registry's own code; the status if the response had none
     * @param reason the registry's message
     */
    public RegistryRefusedException(String request, int status, int errorCode, String reason) {
        super("Expected the schema registry to accept %s, but it answered %d, error code %d: %s%s"
                .formatted(request, status, errorCode, reason, hint(status, errorCode)));
        this.errorCode = errorCode;
    }

    private static String hint(int status, int errorCode) {
        return switch (status) {
            case 401, 403 -> " (check basic.auth.* or bearer.auth.*)";
            case 404 -> errorCode == status ? " (check schema.registry.url)" : "";
            case 409 -> " (run 'ratchet schemas check')";
            default -> "";
        };
    }

    /**
     * Whether the registry itself reports that it does not have the schema or subject. False for a bare 404, which a wrong {@code
     * schema.registry.url} gives.
     */
    public boolean isNotFound() {
        return errorCode / 100 == 404;
    }
}
