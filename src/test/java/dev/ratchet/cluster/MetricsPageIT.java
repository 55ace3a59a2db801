package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ratchet.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/metrics.md} lists what an instance publishes: neither more nor less. To write its tables anew: {@code mvn
 * package -DskipTests && mvn test -Dtest=MetricsPageIT -Dgolden.write}.
 */
class MetricsPageIT {
    private static final Path PAGE = Path.of("docs", "metrics.md");

    /** Longer than it takes until a new partition or client appears. */
    private static final Duration SETTLED = Duration.ofSeconds(12);

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void pageListsAllMetricsAndOnlyThese() throws Exception {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        try (MeasuredRun run = MeasuredRun.start(folder, 2)) {
            Set<String> seen = new TreeSet<>();
            await().atMost(TIMEOUT)
                    .during(SETTLED)
                    .until(() -> !seen.addAll(run.scrape().signatures()));
            Golden.check(PAGE, MetricsPage.of(page, run.scrape()));
            assertThat(run.scrape().series()).noneMatch(name -> name.contains("_total_total"));
        }
    }
}
