package dev.ratchet.stream.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ratchet.stream.state.TaskIndex;
import dev.ratchet.stream.state.TimerStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Partitions that move between the threads of an instance, and how the metrics are published. */
class PartitionGaugesTest {
    private final ReadableEventCounters counters = new ReadableEventCounters();

    @Test
    void lateRevocationByTheThreadBeforeKeepsThePartition() {
        PartitionGauges gauges = counters.partitions();
        PartitionGauges.Assigned before = gauges.assigned(3, index(), () -> false);
        PartitionGauges.Assigned now = gauges.assigned(3, index(), () -> true);
        gauges.revoked(before);
        assertThat(counters.timersEnabled()).isEqualTo(Map.of(3, true));
        gauges.revoked(now);
        assertThat(counters.timersEnabled()).isEmpty();
    }

    @Test
    void assignedAndRevokedPartitionsLogNothing() {
        Logger micrometer = (Logger) LoggerFactory.getLogger(MeterRegistry.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        micrometer.addAppender(log);
        micrometer.setLevel(Level.DEBUG); // it warns once for each process
        try {
            PartitionGauges gauges = counters.partitions();
            PartitionGauges.Assigned before = gauges.assigned(3, index(), () -> false);
            PartitionGauges.Assigned now = gauges.assigned(3, index(), () -> true);
            gauges.revoked(before);
            gauges.revoked(now);
            gauges.revoked(gauges.assigned(3, index(), () -> true));
            assertThat(counters.timersEnabled()).isEmpty();
            assertThat(log.list).isEmpty();
        } finally {
            micrometer.detachAppender(log);
            micrometer.setLevel(null);
        }
    }

    @Test
    void metricsHaveTheirDocumentedNames() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        EventCounters published = new EventCounters(registry);
        published.partitions().assigned(3, index(), () -> true);
        published.countChange(40);
        assertThat(registry.scrape())
                .contains(
                        "ratchet_tasks{status=\"COMPLETED\"} 0.0\n",
                        "ratchet_alerts_open{kind=\"SOURCE_SILENT\"} 0.0\n",
                        "ratchet_alerts_total{kind=\"STUCK\",phase=\"RESOLVED\"} 0.0\n",
                        "ratchet_timers_enabled{partition=\"3\"} 1.0\n",
                        "ratchet_end_to_end_seconds_bucket{le=\"0.025\"} 0\n",
                        "ratchet_end_to_end_seconds_bucket{le=\"0.05\"} 1\n",
                        "ratchet_end_to_end_seconds_bucket{le=\"3600.0\"} 1\n",
                        "ratchet_end_to_end_seconds_count 1\n")
                .doesNotContain("\"UNKNOWN\"");
    }

    private static TaskIndex index() {
        TimerStore store = new TimerStore(Stores.inMemoryKeyValueStore("timers").get());
        store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
        return new TaskIndex(store, false);
    }
}
