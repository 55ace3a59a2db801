package dev.ratchet.stream.runtime;

import java.util.List;

/** The topics do not match what the stream needs. The message has one line for each finding, with what to do. */
public final class TopicsNotReadyException extends RuntimeException {
    TopicsNotReadyException(List<String> findings) {
        super(String.join(System.lineSeparator(), findings));
    }
}
