package dev.ratchet.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The alert rules are complete, tested and explained, and the dashboard can be imported. */
class MonitoringFilesTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Path RULES = Path.of("config/prometheus/ratchet-alerts.yml");
    private static final Path TESTS = Path.of("src/test/prometheus/ratchet-alerts.test.yml");
    private static final Path RUNBOOK = Path.of("docs/runbook.md");
    private static final Path DASHBOARD = Path.of("config/grafana/ratchet.json");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(Ratchet\\w+)` \\| [^|]+ \\| [^|]+ \\| [^|]+ \\|$");

    @Test
    void eachRuleHasDurationSeveritySummaryAndRunbook() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.path("for").asText()).matches("\\d+m");
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).endsWith(".");
            assertThat(rule.at("/annotations/runbook_url").asText()).isEqualTo(RUNBOOK + "#prometheus-alerts");
        });
    }

    @Test
    void runbookListsExactlyTheRules() throws IOException {
        String runbook = Files.readString(RUNBOOK);
        assertThat(runbook).contains("\n## Prometheus alerts\n");
        assertThat(ROW.matcher(runbook).results().map(row -> row.group(1))).containsExactlyElementsOf(names());
    }

    @Test
    void eachRuleIsTestedFiringAndSilent() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (JsonNode test : YAML.readTree(TESTS.toFile()).path("tests")) {
            for (JsonNode expected : test.path("alert_rule_test")) {
                (expected.path("exp_alerts").isEmpty() ? silent : firing)
                        .add(expected.path("alertname").asText());
            }
        }
        assertThat(firing).isEqualTo(new TreeSet<>(names()));
        assertThat(silent).isEqualTo(new TreeSet<>(names()));
    }

    @Test
    void dashboardAsksOnlyTheChosenDataSource() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        assertThat(dashboard.path("schemaVersion").asInt()).as("Grafana 10").isEqualTo(38);
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(dashboard.path("panels").findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${datasource}"));
    }

    @Test
    void dashboardHasRowsOfPanelsThatDoNotOverlap() throws IOException {
        List<String> rows = new ArrayList<>();
        Set<Integer> ids = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).path("panels")) {
            assertThat(ids.add(panel.path("id").asInt()))
                    .as("id of %s", panel.path("title"))
                    .isTrue();
            if (panel.path("type").asText().equals("row")) {
                rows.add(panel.path("title").asText());
            } else {
                assertThat(panel.path("targets").findValuesAsText("expr"))
                        .as("queries of %s", panel.path("title"))
                        .isNotEmpty();
            }
            JsonNode place = panel.path("gridPos");
            for (int x = place.path("x").asInt();
                    x < place.path("x").asInt() + place.path("w").asInt();
                    x++) {
                for (int y = place.path("y").asInt();
                        y < place.path("y").asInt() + place.path("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "," + y))
                            .as("cell %d,%d of %s", x, y, panel.path("title"))
                            .isTrue();
                }
            }
        }
        assertThat(rows).containsExactly("Overview", "Refusals", "Repairs", "Stream", "JVM");
        assertThat(cells).allMatch(cell -> Integer.parseInt(cell.split(",", -1)[0]) < 24);
    }

    private static List<String> names() throws IOException {
        return rules().stream().map(rule -> rule.path("alert").asText()).toList();
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        YAML.readTree(RULES.toFile()).at("/groups/0/rules").forEach(rules::add);
        return rules;
    }
}
