package dev.ratchet.registry;

import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Under which subject a topic's schema stands. The strategies are Confluent's, by the names of its classes. */
public enum SubjectNames {
    /** The topic, and whether it is of keys or values. */
    TOPIC_NAME_STRATEGY,
    /** The record's full name, on whatever topic. */
    RECORD_NAME_STRATEGY,
    /** Both. */
    TOPIC_RECORD_NAME_STRATEGY;

    private static final String PACKAGE = "io.confluent.kafka.serializers.subject.";

    /** The names of all, as settings have them. */
    static String[] all() {
        return Stream.of(values()).map(SubjectNames::setting).toArray(String[]::new);
    }

    /** That of a name among {@link #all()}. */
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
