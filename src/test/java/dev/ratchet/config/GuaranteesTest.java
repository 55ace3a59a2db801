package dev.ratchet.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of Kafka's that would void what Ratchet promises are refused at start. */
class GuaranteesTest {
    private static final String HANDLER = "org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.processing.exception.handler",
                "kafka.deserialization.exception.handler",
                "kafka.production.exception.handler",
                "kafka.default.deserialization.exception.handler",
                "kafka.default.production.exception.handler"
            })
    void kafkaExceptionHandlersAreRejected(String setting) {
        assertThat(TestSettings.mistakes(setting, HANDLER))
                .containsExactly("--set: Expected " + setting + " not to be set, but got '" + HANDLER
                        + "': with another handler records are lost that Ratchet would count as dead letters.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once", "exactly_once_v3", ""})
    void weakerProcessingGuaranteesAreRejected(String guarantee) {
        assertThat(TestSettings.mistakes("kafka.processing.guarantee", guarantee))
                .containsExactly("--set: Expected kafka.processing.guarantee to be exactly_once_v2, but got '"
                        + guarantee + "': after a failure changes could be published twice, or not at all.");
    }

    @Test
    void exactlyOnceMayBeSetExplicitly() {
        assertThat(TestSettings.mistakes("kafka.processing.guarantee", "exactly_once_v2"))
                .isEmpty();
    }

    @Test
    void deadLetterTopicOfKafkaStreamsIsRejected() {
        assertThat(TestSettings.mistakes("kafka.errors.dead.letter.queue.topic.name", "other"))
                .containsExactly("--set: Expected kafka.errors.dead.letter.queue.topic.name not to be set, but got"
                        + " 'other': set ratchet.topic.dead-letters.");
    }
}
