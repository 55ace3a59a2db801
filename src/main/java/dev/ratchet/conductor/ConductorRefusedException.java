package dev.ratchet.conductor;

/** Conductor answered, and the answer is no. Trying again does not help until someone changes something. */
public final class ConductorRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param request what was asked, such as {@code POST /tasks}
     * @param status of HTTP
     * @param reason Conductor's words, cut short
     */
    public ConductorRefusedException(String request, int status, String reason) {
        super("Expected Conductor to accept %s, but it answered %d: %s".formatted(request, status, reason));
        this.status = status;
    }

    public int status() {
        return status;
    }
}
