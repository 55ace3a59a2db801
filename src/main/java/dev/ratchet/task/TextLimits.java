package dev.ratchet.task;

/**
 * How long the texts of a record may be, in characters (UTF-16 units, each at most three bytes in UTF-8). Everything that
 * is kept, published or forwarded holds these, so that no record outgrows what Kafka takes: a megabyte by default.
 */
public final class TextLimits {
    /** Ids. Conductor keeps them in columns of 255 characters; a longer one is none of its own. Never cut. */
    public static final int ID = 255;

    /** Names of workflows and tasks, and of workers. Conductor's columns of names have 255 characters too. */
    public static final int NAME = 255;

    /** Paths in an external storage. Object stores take keys of 1,024 bytes. Never cut. */
    public static final int PATH = 1_024;

    /** Why a task did not succeed. Conductor puts whole answers of HTTP servers there; people read the beginning. */
    public static final int REASON = 4_000;

    /** What Ratchet says of a record: errors, and what came of a repair. They quote what was read. */
    public static final int MESSAGE = 1_000;

    private TextLimits() {}

    /**
     * The text, or as much of its beginning as fits with a note of how long it was.
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

    /** As {@link #cut(String, int)}, of characters that are no string yet, so that a long text need not become one. */
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
