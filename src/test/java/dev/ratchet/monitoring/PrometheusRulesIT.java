package dev.ratchet.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.cluster.Prerequisites;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prometheus' own promtool reads the rules and the example configuration, and brings about each alert. */
@Timeout(120)
class PrometheusRulesIT {
    private static final String PROMTOOL = "promtool";

    private record Completed(int exitCode, String output) {}

    @Test
    void exampleConfigurationAndRulesAreValid() throws Exception {
        Completed check = promtool("check", "config", "config/prometheus/prometheus.yml");

        assertThat(check.exitCode()).as(check.output()).isZero();
        assertThat(check.output()).contains("1 rule files found", "rules found");
    }

    @Test
    void alertsFireWhenTheyShould() throws Exception {
        Completed test = promtool("test", "rules", "src/test/prometheus/ratchet-alerts.test.yml");

        assertThat(test.exitCode()).as(test.output()).isZero();
        assertThat(test.output()).contains("SUCCESS");
    }

    /** Without promtool the test is skipped, but fails where {@code CI=true}. */
    private static Completed promtool(String... arguments) throws IOException, InterruptedException {
        boolean installed = isInstalled();
        Prerequisites.skipIfMissing(
                installed
                        ? Optional.empty()
                        : Optional.of("Expected promtool on the PATH, but found none: apt-get install prometheus"),
                "true".equals(System.getenv("CI")));
        return run(arguments);
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return run("--version").exitCode() == 0;
        } catch (IOException notFound) {
            return false;
        }
    }

    private static Completed run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROMTOOL));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return new Completed(process.exitValue(), output);
        } finally {
            process.destroyForcibly();
        }
    }
}
