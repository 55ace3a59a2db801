package dev.ratchet.stream.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The interceptor is added to those in the user's most specific setting. */
class ConsumedPositionsTest {
    private static final String INTERCEPTOR = ConsumedPositions.class.getName();

    @Test
    void interceptorIsAddedToMostSpecificUserSetting() {
        assertThat(installed(Map.of())).containsExactly(INTERCEPTOR);
        assertThat(installed(Map.of("interceptor.classes", "a.A"))).containsExactly("a.A", INTERCEPTOR);
        assertThat(installed(Map.of("interceptor.classes", "a.A", "consumer.interceptor.classes", "b.B,c.C")))
                .containsExactly("b.B", "c.C", INTERCEPTOR);
        assertThat(installed(Map.of("consumer.interceptor.classes", "b.B", "main.consumer.interceptor.classes", "d.D")))
                .containsExactly("d.D", INTERCEPTOR);
    }

    private static List<Object> installed(Map<String, Object> given) {
        Map<String, Object> config = new HashMap<>(given);
        ConsumedPositions.install(config, new CatchUpTracker());
        return List.copyOf((List<?>) config.get("main.consumer.interceptor.classes"));
    }
}
