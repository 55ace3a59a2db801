package dev.ratchet.operations;

import java.util.regex.Pattern;

/** Short texts for the cells of a Markdown table. */
final class Cells {
    private static final int MAX_LINE = 150;
    private static final int MAX_FIELD = 80;
    private static final Pattern PREFIX = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ +(?:INFO|WARN|ERROR) +\\S+ ");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z");
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+|localhost/?:\\d+");
    private static final Pattern FOLDER = Pattern.compile("/\\S*junit[^/\\s]*");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Cells() {}

    static String field(String value) {
        return value.isEmpty() ? "null" : general(cut(value, MAX_FIELD));
    }

    static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    /** {@return the first line with this text, without time and logger} */
    static String line(String lines, String text) {
        String line =
                lines.lines().filter(one -> one.contains(text)).findFirst().orElseThrow();
        return general(cut(PREFIX.matcher(line).replaceFirst(""), MAX_LINE));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max).stripTrailing() + " …";
    }

    /** Without what differs from run to run, and without what Markdown reads as a border of a cell. */
    private static String general(String text) {
        String result = TIME.matcher(text).replaceAll("TIME");
        result = ADDRESS.matcher(result).replaceAll("HOST:PORT");
        result = FOLDER.matcher(result).replaceAll("DIR");
        return UUID.matcher(result).replaceAll("UUID").replace("|", "\\|").replace("<", "&lt;");
    }
}
