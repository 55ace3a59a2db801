package dev.ratchet.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.stream.Timers.Entry;
import dev.ratchet.stream.Timers.Lane;
import dev.ratchet.watch.Watched;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due in a store that outlives those who look into it. */
class TimersTest {
    private final GatheringStore<Bytes, byte[]> store =
            new GatheringStore<>(Stores.inMemoryKeyValueStore("timers").get(), 0);

    @BeforeEach
    void open() {
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    }

    @Test
    void whatWasOverdueBeforeARestartIsFoundThoughAnotherIsSetFirst() {
        new Timers(store).move(Lane.TASK, "overdue", Watched.NEVER, 1_000);
        Timers restarted = new Timers(store);
        restarted.move(Lane.TASK, "later", Watched.NEVER, 60_000);
        assertThat(restarted.due(Lane.TASK, 2_000, 10))
                .extracting(Entry::taskId)
                .containsExactly("overdue");
    }
}
