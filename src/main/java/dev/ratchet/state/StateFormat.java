package dev.ratchet.state;

/**
 * The readable formats of one kind of stored value. The first byte of a value is the number of its format. Every format
 * of a released version stays readable; docs/upgrade.md says how to add one.
 *
 * @param of what is stored, for messages
 * @param oldest the oldest readable format
 * @param newest the newest readable format, which is also written
 */
public record StateFormat(String of, int oldest, int newest) {
    private static final String RESET = "rebuild the state with 'ratchet reset' (docs/upgrade.md)";
    private static final String DELETE =
            "delete the state folder (docs/upgrade.md); Ratchet rebuilds it from Kafka. If the error"
                    + " returns, run the later version, or start again with 'ratchet reset'";

    /** Throws UnreadableStateException if this version cannot read the format. */
    public void check(byte format) {
        if (format > newest) {
            throw new UnreadableStateException("Expected " + this + ", but got format " + format
                    + ": a later version of Ratchet wrote it. Run that version, or " + RESET);
        }
        if (format < oldest) {
            throw new UnreadableStateException("Expected " + this + ", but got format " + format
                    + ", which no released version of Ratchet wrote: " + RESET);
        }
    }

    /** The error for a value that cannot be decoded although its format is readable. */
    public UnreadableStateException broken(RuntimeException cause) {
        return new UnreadableStateException(
                "Expected " + this + ", but the bytes are damaged, or a later version of Ratchet wrote them: " + DELETE,
                cause);
    }

    public UnreadableStateException empty() {
        return new UnreadableStateException("Expected " + this + ", but got no bytes: " + DELETE);
    }

    @Override
    public String toString() {
        return of + " in format " + (oldest == newest ? newest : oldest + " to " + newest);
    }
}
