package dev.ratchet.config;

import java.util.List;

/** All errors in the settings, one line each, for the person who wrote them. Contains no secrets. */
public final class InvalidSettingsException extends RuntimeException {
    @SuppressWarnings("serial") // an immutable list of strings is serializable
    private final List<String> mistakes;

    InvalidSettingsException(String mistake) {
        this(List.of(mistake));
    }

    InvalidSettingsException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line for each error: where the value comes from, what was expected, and what it is; never empty. */
    public List<String> mistakes() {
        return mistakes;
    }
}
