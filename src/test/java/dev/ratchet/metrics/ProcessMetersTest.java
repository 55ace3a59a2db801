package dev.ratchet.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ProcessMetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @Test
    void versionAndFreeDiskArePublished(@TempDir Path state) {
        try (ProcessMeters process = new ProcessMeters(registry, "1.2.3", state)) {
            assertThat(process).isNotNull();
            assertThat(registry.scrape())
                    .contains("ratchet_build_info{version=\"1.2.3\"} 1")
                    .contains("disk_free_bytes{path=\"" + state + "\"} ");
        }
    }

    @Test
    void errorsInLogAreCountedUntilClose(@TempDir Path state) {
        try (ProcessMeters process = new ProcessMeters(registry, "1.2.3", state)) {
            assertThat(process).isNotNull();
            double before = errors();
            LoggerFactory.getLogger(ProcessMetersTest.class).error("an error for the counter");
            assertThat(errors()).isEqualTo(before + 1);
        }
        double closed = errors();
        LoggerFactory.getLogger(ProcessMetersTest.class).error("an error that nobody counts");
        assertThat(errors()).isEqualTo(closed);
    }

    private double errors() {
        return registry.get("logback.events")
                .tag("level", "error")
                .functionCounter()
                .count();
    }
}
