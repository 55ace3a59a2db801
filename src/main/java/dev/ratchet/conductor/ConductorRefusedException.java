package dev.ratchet.conductor;

/** Conductor rejected the request. A retry does not help until someone changes something. */
public final class ConductorRefusedException extends RuntimeException {
    /**
     * @param request such as {@code POST /tasks}
     * @param status HTTP status
     * @param reason Conductor's message, truncated
     */
    public ConductorRefusedException(String request, int status, String reason) {
        super("Expected Conductor to accept %s, but it answered %d: %s".formatted(request, status, reason));
    }
}
