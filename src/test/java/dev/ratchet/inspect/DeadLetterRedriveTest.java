package dev.ratchet.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.config.Settings;
import dev.ratchet.stream.deadletter.DeadLetters;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterRedriveTest {
    private final DeadLetterRedrive redrive = new DeadLetterRedrive(
            Settings.load(Optional.empty(), Map.of(), Map.of("kafka.bootstrap.servers", "localhost:9")), 3);
    private final ConsumerRecord<byte[], byte[]> letter = new ConsumerRecord<>("letters", 0, 7, null, null);
    private final Headers headers = letter.headers();

    @AfterEach
    void close() {
        redrive.close();
    }

    @Test
    void onlyInputsAreWrittenTo() {
        assertThat(obstacle()).contains("it came from '', which is no input of Ratchet's");
        headers.add(DeadLetters.TOPIC, "task-status-events".getBytes(UTF_8));
        assertThat(obstacle()).isEmpty();
        headers.add(DeadLetters.TOPIC, "payments".getBytes(UTF_8));
        assertThat(obstacle()).contains("it came from 'payments', which is no input of Ratchet's");
    }

    /** Producers may send any header, also one of these names and without a value. */
    @Test
    void headersWithoutValueDoNotEndIt() {
        headers.add(DeadLetters.TOPIC, null);
        assertThat(obstacle()).contains("it came from '', which is no input of Ratchet's");
        headers.add(DeadLetters.TOPIC, "task-status-events".getBytes(UTF_8));
        headers.add(DeadLetterRedrive.COUNT, null);
        assertThat(obstacle()).isEmpty();
        headers.add(DeadLetterRedrive.COUNT, "3".getBytes(UTF_8));
        assertThat(obstacle()).contains("it was sent again 3 times already (--max-attempts)");
    }

    private Optional<String> obstacle() {
        return redrive.obstacle(new TopicRecord(
                RatchetTopic.DEAD_LETTERS,
                letter.topic(),
                letter.partition(),
                letter.offset(),
                Instant.EPOCH,
                "",
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.nullNode(),
                "",
                null,
                letter));
    }
}
