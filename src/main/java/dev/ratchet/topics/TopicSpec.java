package dev.ratchet.topics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one topic must be like.
 *
 * @param setting that names it
 * @param rules in the order in which they are to be brought about
 */
record TopicSpec(String name, String setting, Kind kind, List<TopicRule> rules) {
    enum Kind {
        /** Ratchet's, and read by it. */
        INPUT,
        /** Someone else's, and read by Ratchet: created if missing, but its configuration is never altered. */
        FOREIGN_INPUT,
        /** Written, and keyed as the inputs are. */
        CHANGELOG,
        /** Written. */
        OUTPUT
    }

    boolean isInput() {
        return kind == Kind.INPUT || kind == Kind.FOREIGN_INPUT;
    }

    /** Whether its number of partitions is that of the inputs: a task is on the same partition of all of them. */
    boolean isAligned() {
        return kind != Kind.OUTPUT;
    }

    boolean mayBeAltered() {
        return kind != Kind.FOREIGN_INPUT;
    }

    Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        rules.stream().filter(TopicRule::isForNew).forEach(rule -> configs.put(rule.config(), rule.value()));
        return configs;
    }
}
