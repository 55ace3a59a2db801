package dev.ratchet.demo.broker;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A broker in its own process, which can be paused: clients stay connected and get no answer. It ends with
 * this process.
 */
public final class BrokerProcess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts one, and returns once it answers.
     *
     * @param folder existing folder for the data and the log of the process
     */
    public static BrokerProcess start(Path folder) throws IOException {
        Path address = folder.resolve("address");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        folder.resolve("data").toString(),
                        address.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("broker.log").toFile())
                .start();
        try {
            await().atMost(TIMEOUT).until(() -> Files.exists(address) || !process.isAlive());
            return new BrokerProcess(process, Files.readString(address));
        } catch (IOException | RuntimeException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** SIGSTOP. */
    public void pause() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        if (!kill.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("Expected to send SIG" + name + " to the broker, but could not");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    /** Main method of the process: uses the data folder, writes the address file when it answers, and ends with its input. */
    public static void main(String[] arguments) throws IOException {
        EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(arguments[0]));
        Path address = Path.of(arguments[1]);
        Path written = Files.writeString(address.resolveSibling("address.part"), kafka.bootstrapServers());
        Files.move(written, address, StandardCopyOption.ATOMIC_MOVE);
        int end = System.in.read();
        System.exit(end < 0 ? 0 : 1);
    }
}
