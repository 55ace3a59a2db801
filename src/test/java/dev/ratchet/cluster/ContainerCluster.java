package dev.ratchet.cluster;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** A broker in a container of the image {@value #IMAGE}. A restart kills it, because the image does not forward SIGTERM. */
final class ContainerCluster implements KafkaCluster {
    static final String IMAGE = "RATCHET_KAFKA_IMAGE";

    private static final String DEFAULT_IMAGE = "apache/kafka:4.3.1";
    private static final int PORT = 9092;

    /** Log line of the broker: it could not find the leaders of partitions, although it leads them. */
    private static final Pattern UNMARKED =
            Pattern.compile("these partitions are likely deleted already and hence can be skipped");

    private static final int PULL_WITHIN_MINUTES = 5;

    private final KafkaContainer container;

    /** @param port fixed, because Docker would assign another one at a restart */
    ContainerCluster(int port) throws UnknownHostException {
        container = new KafkaContainer(DockerImageName.parse(image()).asCompatibleSubstituteFor("apache/kafka"))
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                // The default of 50 is most of the time that the first client waits.
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4");
        // Only the address that the tests connect to: loopback unless they run in a container too.
        String address = InetAddress.getByName(container.getHost()).getHostAddress();
        container.setPortBindings(List.of("%s:%d:%d".formatted(address, port, PORT)));
        // Testcontainers may start its script in the container while still writing it: exit code 126.
        container.withStartupAttempts(3).withStartupTimeout(Duration.ofSeconds(60));
        container.start();
    }

    /** {@return why it cannot start on this machine and how to fix that; empty if it can} Pulls the image. */
    static Optional<String> missing() throws InterruptedException {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("Expected a Docker engine for a Kafka in a container, but none answers: start one, and"
                    + " set DOCKER_HOST if it is not at /var/run/docker.sock");
        }
        DockerClient docker = DockerClientFactory.lazyClient();
        try {
            docker.inspectImageCmd(image()).exec();
            return Optional.empty();
        } catch (NotFoundException absent) {
            return pull(docker);
        }
    }

    private static Optional<String> pull(DockerClient docker) throws InterruptedException {
        DockerImageName image = DockerImageName.parse(image());
        String why = "not within " + PULL_WITHIN_MINUTES + " minutes";
        try {
            boolean done = docker.pullImageCmd(image.getUnversionedPart())
                    .withTag(image.getVersionPart())
                    .start()
                    .awaitCompletion(PULL_WITHIN_MINUTES, TimeUnit.MINUTES);
            if (done) {
                return Optional.empty();
            }
        } catch (RuntimeException e) { // the Docker client throws any of them
            why = String.valueOf(e.getMessage()).strip();
        }
        return Optional.of(
                "Expected the image %s for a Kafka in a container, but it is not here and cannot be pulled (%s): pull or load it, or set %s to another"
                        .formatted(image(), why, IMAGE));
    }

    private static String image() {
        return System.getenv().getOrDefault(IMAGE, DEFAULT_IMAGE);
    }

    @Override
    public String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public boolean canRestart() {
        return true;
    }

    @Override
    public void restart() throws Exception {
        DockerClientFactory.lazyClient()
                .restartContainerCmd(container.getContainerId())
                .withTimeout(0)
                .exec();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.describeCluster().nodes().get();
        }
    }

    @Override
    public int unmarkedTransactions() {
        return (int) UNMARKED.matcher(container.getLogs()).results().count();
    }

    @Override
    public void close() {
        container.close();
    }
}
