package dev.ratchet.ingest;

import dev.ratchet.task.TextLimits;

/** Checks of single fields, for every format. */
public final class FieldChecks {
    private FieldChecks() {}

    /**
     * Checks the id of a task or a workflow. Conductor generates UUIDs; an installation may have its own generator, but
     * no id contains a control character. Half of a surrogate pair has no form in UTF-8: two such ids would become the
     * same key. Names are not checked like this: Conductor accepts any text as the name of a definition or a task.
     *
     * @param id empty if the record has none, which is not checked here
     */
    public static void checkId(String field, String id) throws UnreadableException {
        if (id.length() > TextLimits.ID) {
            throw tooLong(field, id.length());
        }
        for (int at = 0; at < id.length(); at += Character.charCount(id.codePointAt(at))) {
            if (!isText(id.codePointAt(at))) {
                throw UnreadableException.expected(
                        field + " to be an id without control characters or unpaired surrogates", JsonValues.shown(id));
            }
        }
        if (!id.isEmpty() && id.isBlank()) {
            throw UnreadableException.expected(field + " to be an id", JsonValues.shown(id));
        }
    }

    static UnreadableException tooLong(String field, int length) {
        return UnreadableException.expected(
                field + " to be an id of at most " + TextLimits.ID + " characters", length + " characters");
    }

    /** The error for a negative time. Conductor writes 0 for no time, and never less. */
    public static UnreadableException before1970(String field, String got) {
        return UnreadableException.expected(field + " to be 1970 or later, in ms", got);
    }

    /** Neither a control character nor half of a surrogate pair. */
    static boolean isText(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
