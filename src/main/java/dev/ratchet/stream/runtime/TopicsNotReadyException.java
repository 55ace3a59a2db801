package dev.ratchet.stream.runtime;

import java.util.List;

/** The topics are not what the stream needs. The message has a line for each, which says what mends it. */
public final class TopicsNotReadyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TopicsNotReadyException(List<String> findings) {
        super(String.join(System.lineSeparator(), findings));
    }
}
