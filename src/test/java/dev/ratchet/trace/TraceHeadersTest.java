package dev.ratchet.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class TraceHeadersTest {
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final RecordHeaders given = new RecordHeaders();

    @Test
    void onlyTraceContextAndBaggagePass() {
        add("traceparent", PARENT);
        add("__connect.errors.topic", "t");
        add("tracestate", "a=1");
        add("baggage", "user=7");
        assertThat(passed()).containsExactly("traceparent=" + PARENT, "tracestate=a=1", "baggage=user=7");
    }

    @Test
    void lastHeaderOfANameCounts() {
        add("baggage", "1");
        add("baggage", "2");
        assertThat(passed()).containsExactly("baggage=2");
    }

    @Test
    void headersUpToTheirLimitsPass() {
        add("traceparent", PARENT);
        add("tracestate", "x".repeat(512));
        add("baggage", "x".repeat(8_192));
        assertThat(passed()).hasSize(3);
    }

    @Test
    void longerHeadersAreDropped() {
        add("traceparent", PARENT);
        add("tracestate", "x".repeat(513));
        add("baggage", "x".repeat(8_193));
        assertThat(passed()).containsExactly("traceparent=" + PARENT);
    }

    @Test
    void stateDoesNotPassWithoutParent() {
        add("traceparent", PARENT + "-");
        add("tracestate", "a=1");
        given.add("baggage", null);
        assertThat(passed()).isEmpty();
    }

    @Test
    void recordWithoutHeadersCostsNothing() {
        assertThat(TraceHeaders.of(given)).isSameAs(TraceHeaders.NONE);
    }

    private void add(String name, String value) {
        given.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> passed() {
        List<String> passed = new ArrayList<>();
        for (Header header : TraceHeaders.of(given)) {
            passed.add(header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8));
        }
        return passed;
    }
}
