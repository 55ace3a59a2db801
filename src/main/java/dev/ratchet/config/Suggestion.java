package dev.ratchet.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known setting that someone may have meant. */
final class Suggestion {
    private Suggestion() {}

    /** Empty if none is near: a wild guess is worse than none. */
    static Optional<String> near(String name) {
        List<String> known = new ArrayList<>(SettingDefinitions.DEFINITION.names());
        KafkaSettingNames.all().forEach(kafka -> known.add(SettingDefinitions.KAFKA_PREFIX + kafka));
        return known.stream()
                // Ours first where both are as near.
                .sorted(Comparator.<String, Boolean>comparing(
                                setting -> setting.startsWith(SettingDefinitions.KAFKA_PREFIX))
                        .thenComparing(Comparator.naturalOrder()))
                .min(Comparator.comparingInt(setting -> slips(name, setting)))
                .filter(setting ->
                        slips(name, setting) <= Math.max(1, bare(name).length() / 4));
    }

    /** {@return the end of a sentence about an unknown name: the near one as a question, or a full stop} */
    static String hint(String name) {
        return near(name).map(setting -> ": did you mean " + setting + "?").orElse(".");
    }

    private static int slips(String name, String setting) {
        return Math.min(distance(name, setting), distance(bare(name), bare(setting)));
    }

    /** A forgotten or a wrong prefix is the commonest slip, and should not count. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^(ratchet\\.serde|ratchet|kafka)\\.", "");
    }

    /** How many letters must be put in, left out or changed (Levenshtein). */
    static int distance(String a, String b) {
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
