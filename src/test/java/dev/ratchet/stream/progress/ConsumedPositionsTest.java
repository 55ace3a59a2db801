package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The interceptor goes beside those that the user has set, where they would have been in force. */
class ConsumedPositionsTest {
    private static final String OURS = ConsumedPositions.class.getName();

    @Test
    void theMostSpecificOfTheUsersSettingsStaysInForce() {
        assertThat(installed(Map.of())).containsExactly(OURS);
        assertThat(installed(Map.of("interceptor.classes", "a.A"))).containsExactly("a.A", OURS);
        assertThat(installed(Map.of("interceptor.classes", "a.A", "consumer.interceptor.classes", "b.B,c.C")))
                .containsExactly("b.B", "c.C", OURS);
        assertThat(installed(Map.of("consumer.interceptor.classes", "b.B", "main.consumer.interceptor.classes", "d.D")))
                .containsExactly("d.D", OURS);
    }

    private static List<Object> installed(Map<String, Object> given) {
        Map<String, Object> config = new HashMap<>(given);
        ConsumedPositions.install(config, new CatchUpTracker());
        return List.copyOf((List<?>) config.get("main.consumer.interceptor.classes"));
    }
}
