package dev.ratchet.state;

/**
 * The formats that one kind of stored value has had, and that are read. The first byte of a value is the number of its
 * format. What a released version wrote is read for ever: how a format is added is told in docs/upgrade.md.
 *
 * @param of what is stored, for messages
 * @param oldest the first that is read
 * @param newest the last that is read, and the one that is written
 */
public record StateFormat(String of, int oldest, int newest) {
    private static final String RESET = "rebuild the state with 'ratchet reset' (docs/upgrade.md)";
    private static final String DELETE =
            "delete the folder of the state (docs/upgrade.md), it is rebuilt from Kafka. If it"
                    + " comes again, run the later version, or begin anew with 'ratchet reset'";

    /**
     * Refuses a value of another format.
     *
     * @throws UnreadableStateException if a value of this format cannot be read
     */
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

    /** The failure of a value whose format is one of these. */
    public UnreadableStateException broken(RuntimeException cause) {
        return new UnreadableStateException(
                "Expected " + this + ", but got bytes that are damaged, or hold what a later version of Ratchet wrote: "
                        + DELETE,
                cause);
    }

    /** The failure of a value without any byte. */
    public UnreadableStateException empty() {
        return new UnreadableStateException("Expected " + this + ", but got no bytes: " + DELETE);
    }

    @Override
    public String toString() {
        return of + " in format " + (oldest == newest ? newest : oldest + " to " + newest);
    }
}
