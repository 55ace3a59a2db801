package dev.ratchet.registry;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Names the subject of a topic's schema. The strategies are Confluent's, by their class names. */
public enum SubjectNames {
    /** The topic, with the suffix -key or -value. */
    TOPIC_NAME_STRATEGY,
    /** The record's full name. */
    RECORD_NAME_STRATEGY,
    /** The topic and the record's full name. */
    TOPIC_RECORD_NAME_STRATEGY;

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    /** All names, as in settings. */
    static String[] all() {
        return Stream.of(values()).map(SubjectNames::setting).toArray(String[]::new);
    }

    /** The strategy with a name of {@link #all()}. */
    static SubjectNames of(String setting) {
        return Stream.of(values())
                .filter(one -> one.setting().equals(setting))
                .findFirst()
                .orElseThrow();
    }

    String setting() {
        StringBuilder name = new StringBuilder(PACKAGE);
        for (String word : name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    public String subject(String topic, Schema schema, boolean isKey) {
        return switch (this) {
            case TOPIC_NAME_STRATEGY -> topic + (isKey ? "-key" : "-value");
            case RECORD_NAME_STRATEGY -> schema.getFullName();
            case TOPIC_RECORD_NAME_STRATEGY -> topic + "-" + schema.getFullName();
        };
    }
}
