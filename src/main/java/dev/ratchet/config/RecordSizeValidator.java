package dev.ratchet.config;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Checks that the largest record that Ratchet writes fits into a producer's request. That is a repair command, or the
 * captured output: an output of {@code ratchet.repair.capture.max.bytes}, and texts within their limits.
 */
public final class RecordSizeValidator {
    /** Bytes for everything but the output: ids, names, reason and headers take up to 30,000. */
    public static final int BESIDE_THE_OUTPUT = 65_536;

    private static final String SHARED = SettingDefinitions.KAFKA_PREFIX + ProducerConfig.MAX_REQUEST_SIZE_CONFIG;
    private static final String PRODUCER =
            SettingDefinitions.KAFKA_PREFIX + StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);

    private RecordSizeValidator() {}

    /** {@return bytes of the largest record with an output} */
    public static int largest(RepairSettings repair) {
        return repair.captureBytes() + BESIDE_THE_OUTPUT;
    }

    /** The error; empty if the largest record fits, as it does with Kafka's default. Kafka's own check covers other values. */
    static Optional<String> mistake(Map<String, SettingValue> given) {
        SettingValue size = given.getOrDefault(PRODUCER, given.get(SHARED));
        if (size == null) {
            return Optional.empty();
        }
        int output = Optional.ofNullable(given.get(RepairSettings.CAPTURE_BYTES))
                .flatMap(RecordSizeValidator::number)
                .orElse(RepairSettings.DEFAULT_CAPTURE_BYTES);
        long least = (long) output + BESIDE_THE_OUTPUT;
        return number(size)
                .filter(bytes -> bytes < least)
                .map(bytes -> size.mistake("Expected " + size.name() + " to be at least " + least + ", which is "
                        + RepairSettings.CAPTURE_BYTES + " and " + BESIDE_THE_OUTPUT
                        + " for the rest of a record, but got '" + size.shown() + "'."));
    }

    private static Optional<Integer> number(SettingValue one) {
        try {
            return Optional.of((Integer) ConfigDef.parseType(one.name(), one.value(), ConfigDef.Type.INT));
        } catch (ConfigException noNumber) {
            return Optional.empty();
        }
    }
}
