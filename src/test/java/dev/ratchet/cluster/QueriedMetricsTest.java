package dev.ratchet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueriedMetricsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "up == 0                                                              ; ``",
                "sum by (source, outcome) (rate(a_total{kind=\"b_total\"}[5m])) > 1e3 ; a_total",
                "sum(rate(a_total[$__rate_interval])) by (kafka_topic)               ; a_total",
                "a_max > on(instance) group_left(kafka_version) b_max * 2 or c        ; a_max,b_max,c",
                "histogram_quantile(0.99, sum by (le) (rate(d_bucket[5m] offset 1h))) ; d_bucket",
                "increase(a_total{x=~\"${job:regex}|}\"}[30m]) unless absent(e)       ; a_total,e",
                "label_values(build_info{job=\"$job\"}, instance)                      ; build_info",
                "label_values(build_info, instance)                                   ; build_info",
                "label_values(instance)                                               ; ``",
            })
    void namesOfMetricsAreFoundInQuery(String query, String names) {
        assertThat(String.join(",", QueriedMetrics.namesIn(query))).isEqualTo(names);
    }

    @Test
    void rulesAndDashboardsAreRead(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("rules.yml"), """
                groups:
                  - name: ratchet
                    rules:
                      - record: job:a:rate5m
                        expr: sum(rate(a_total[5m]))
                      - alert: High
                        expr: |
                          job:a:rate5m > 10
                            and b_max > 1
                        annotations:
                          summary: 'not_a_metric is {{ $value }}'
                """);
        Files.writeString(folder.resolve("board.json"), """
                {"title": "no_metric", "panels": [{"targets": [{"expr": "c_total"}]}, {"panels": [{"targets": [{"expr": "d"}]}]}],
                 "templating": {"list": [{"type": "query", "query": {"query": "label_values(e, job)"}}, {"type": "custom", "query": "no"}]}}
                """);
        assertThat(QueriedMetrics.of(folder, folder.resolve("missing")).keySet())
                .containsExactly("a_total", "b_max", "c_total", "d", "e");
    }
}
