package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.ClosedChannelException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
    private final KafkaException useful = new KafkaException("cannot read topic events", new ClosedChannelException());

    @Test
    void descriptionContainsAllCauses() {
        assertThat(FailureText.describe(new StreamsException(useful)))
                .isEqualTo("StreamsException; caused by KafkaException: cannot read topic events;"
                        + " caused by ClosedChannelException");
    }

    @Test
    void descriptionIsOneLine() {
        assertThat(FailureText.describe(new StreamsException("first\n\tsecond")))
                .isEqualTo("StreamsException: first second");
    }

    @Test
    void cyclicCausesEnd() {
        RuntimeException outer = new IllegalStateException("outer");
        RuntimeException inner = new IllegalStateException("inner", outer);
        outer.initCause(inner);
        assertThat(FailureText.describe(outer))
                .isEqualTo("IllegalStateException: outer; caused by IllegalStateException: inner");
    }

    @Test
    void stackTraceContainsFramesOfAllCauses() {
        assertThat(FailureText.stackTrace(new StreamsException(useful)))
                .contains("Caused by: KafkaException: cannot read", "Caused by: ClosedChannelException")
                .containsPattern("ClosedChannelException\\R\tat " + getClass().getName());
    }
}
