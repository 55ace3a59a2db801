package dev.ratchet.task;

/**
 * Maximum lengths of the texts in a record, in characters (UTF-16 units, each at most three bytes in UTF-8). They apply to
 * everything that is stored, published or forwarded, so that no record exceeds what Kafka accepts: a megabyte by default.
 */
public final class TextLimits {
    /** Ids. Conductor keeps them in columns of 255 characters; a longer id is not Conductor's. Never cut. */
    public static final int ID = 255;

    /** Names of workflows and tasks, and of workers. Conductor's columns of names have 255 characters too. */
    public static final int NAME = 255;

    /** Paths in an external storage. Object stores take keys of 1,024 bytes. Never cut. */
    public static final int PATH = 1_024;

    /** Why a task did not succeed. Conductor stores whole HTTP responses there. */
    public static final int REASON = 4_000;

    /** Ratchet's own messages about a record: errors, and results of repairs. They quote the input. */
    public static final int MESSAGE = 1_000;

    private TextLimits() {}

    /**
     * Cuts a text that is too long, and appends a note with its length.
     *
     * @param limit in characters, at least 50; the note counts
     */
    public static String cut(String text, int limit) {
        if (text.length() <= limit) {
            return text;
        }
        String note = note(text.length());
        int kept = limit - note.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(kept - 1)) ? kept - 1 : kept) + note;
    }

    /** As {@link #cut(String, int)}, for a character array, so that a long text does not become a string. */
    public static String cut(char[] text, int from, int length, int limit) {
        if (length <= limit) {
            return new String(text, from, length);
        }
        String note = note(length);
        int kept = limit - note.length();
        return new String(text, from, Character.isHighSurrogate(text[from + kept - 1]) ? kept - 1 : kept) + note;
    }

    private static String note(int length) {
        return "… (cut, " + length + " characters)";
    }
}
