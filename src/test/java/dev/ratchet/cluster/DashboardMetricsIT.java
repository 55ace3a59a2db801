package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each metric that the alert rules and dashboards of {@code config/} query exists in a running instance. */
class DashboardMetricsIT {
    private static final Path PROMETHEUS = Path.of("config", "prometheus");
    private static final Path GRAFANA = Path.of("config", "grafana");

    /** Longer than it takes until a new partition or client appears. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void rulesAndDashboardsQueryOnlyMetricsThatExist() throws Exception {
        Map<String, Set<String>> queried = QueriedMetrics.of(PROMETHEUS, GRAFANA);
        try (MeasuredRun run = MeasuredRun.start(folder, 1)) {
            await().atMost(TIMEOUT).untilAsserted(() -> {
                Map<String, Set<String>> unknown = new TreeMap<>(queried);
                unknown.keySet().removeAll(run.scrape().series());
                assertThat(unknown)
                        .as("metrics that no instance publishes, with the files that query them")
                        .isEmpty();
            });
        }
    }
}
