package dev.ratchet.config;

import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the known setting that resembles an unknown name. */
final class NameSuggestion {
    private NameSuggestion() {}

    /** {@return the end of a sentence about an unknown name: the similar name as a question, or a full stop} */
    static String hint(String name) {
        return Stream.concat(
                        SettingDefinitions.ALL.keySet().stream().sorted(), // first: they win if equally similar
                        KafkaSettingNames.all().stream().map(SettingDefinitions.KAFKA_PREFIX::concat))
                .min(Comparator.comparingInt(setting -> edits(name, setting)))
                .filter(setting ->
                        edits(name, setting) <= Math.max(1, bare(name).length() / 4))
                .map(setting -> ": did you mean " + setting + "?")
                .orElse(".");
    }

    private static int edits(String name, String setting) {
        return Math.min(distance(name, setting), distance(bare(name), bare(setting)));
    }

    /** A missing or a wrong prefix is the most common typo, and does not count. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^(ratchet\\.serde|ratchet|kafka)\\.", "");
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
