package dev.ratchet.config;

/**
 * The process log.
 *
 * @param format of the lines on stderr
 */
public record LogSettings(
        @Setting(name = FORMAT, defaultValue = "text") Format format) {
    public static final String FORMAT = "ratchet.log.format";

    /** Form of a line. */
    public enum Format {
        TEXT,
        JSON
    }
}
