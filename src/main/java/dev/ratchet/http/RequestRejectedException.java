package dev.ratchet.http;

/** A request cannot be answered. The server sends the response. */
public final class RequestRejectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int BAD_REQUEST = 400;

    private final transient ErrorResponse response;

    public RequestRejectedException(ErrorResponse response) {
        super(response.error().orElse(""), null, false, false);
        this.response = response;
    }

    /** With 400, and a message "Expected …, but got …". */
    public static RequestRejectedException badRequest(String error) {
        return new RequestRejectedException(ErrorResponse.refused(BAD_REQUEST, error));
    }

    public ErrorResponse response() {
        return response;
    }
}
