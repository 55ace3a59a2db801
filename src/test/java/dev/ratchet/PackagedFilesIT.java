package dev.ratchet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files in the production jar and in the demo jar. */
@Timeout(120)
class PackagedFilesIT {
    private static final Path JAR = Path.of(System.getProperty("ratchet.jar", "target/ratchet.jar"));
    private static final Path DEMO_JAR = Path.of(System.getProperty("ratchet.demo.jar", "target/ratchet-demo.jar"));

    /** Files that only the demo needs: itself, the broker, Scala. The Kafka client has some of {@code org.apache.kafka.server} too. */
    private static final Pattern DEMO = Pattern.compile("(dev/ratchet/demo|traces|scala|org/apache/logging)/.*"
            + "|kafka/.*\\.class"
            + "|org/apache/kafka/(?!(clients|common|streams|shaded|server/(authorizer|policy|quota|telemetry))/).*");

    @Test
    void productionJarHasNoBrokerNoScalaAndNoDemo() throws Exception {
        assertThat(demoFiles(JAR)).isEmpty();
        assertThat(demoFiles(DEMO_JAR))
                .contains(
                        "dev/ratchet/demo/DemoMain.class",
                        "kafka/server/KafkaRaftServer.class",
                        "org/apache/kafka/server/config/ServerConfigs.class",
                        "scala/Option.class",
                        "traces/race_176.cdc.jsonl");
    }

    @Test
    void demoJarContainsProductionJar() throws Exception {
        assertThat(files(DEMO_JAR)).doesNotHaveDuplicates().containsAll(files(JAR));
        assertThat(files(DEMO_JAR)).noneMatch(file -> file.startsWith("org/junit/"));
    }

    /** Files of a jar that belong to the demo, the broker or Scala. */
    private static List<String> demoFiles(Path jar) throws IOException {
        return files(jar).stream().filter(file -> DEMO.matcher(file).matches()).toList();
    }

    private static List<String> files(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .toList();
        }
    }
}
