package dev.ratchet.stream.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class PartitionValueTest {
    private final List<Bytes> keys =
            Stream.of(PartitionValue.values()).map(PartitionValue::key).toList();

    @Test
    void eachValueHasItsOwnKey() {
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void noValueIsReadAsAnAlert() {
        OpenAlerts.KeyRange alerts = OpenAlerts.all();
        assertThat(keys).allMatch(key -> key.compareTo(alerts.from()) < 0 || key.compareTo(alerts.to()) > 0);
    }

    @Test
    void noValueIsReadAsATimer() {
        assertThat(keys).allMatch(key -> key.compareTo(TimerStore.from(Timers.TimerType.TASK, 0)) < 0);
    }
}
