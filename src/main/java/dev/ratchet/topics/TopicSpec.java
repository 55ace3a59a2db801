package dev.ratchet.topics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A topic of the plan.
 *
 * @param setting that names it
 * @param rules in the order in which they are applied
 */
record TopicSpec(String name, String setting, Kind kind, List<TopicRule> rules) {
    enum Kind {
        INPUT,

        /** Read by Ratchet, owned by others: created if missing, never altered. */
        FOREIGN_INPUT,

        /** Written with the key of the inputs. */
        CHANGELOG,
        OUTPUT
    }

    boolean isInput() {
        return kind == Kind.INPUT || kind == Kind.FOREIGN_INPUT;
    }

    /** Whether it has the number of partitions of the inputs, so that a task has the same partition on all of them. */
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
