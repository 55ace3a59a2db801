package dev.ratchet.config;

import java.util.List;

/** All that is wrong with the settings, at once, in lines fit to be shown to whoever wrote them. Holds no secrets. */
public final class InvalidSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // an immutable list of strings is serializable
    private final List<String> mistakes;

    InvalidSettingsException(List<String> mistakes) {
        super(String.join(System.lineSeparator(), mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** One line for each mistake: where the value came from, what was expected, and what it is; never empty. */
    public List<String> mistakes() {
        return mistakes;
    }
}
