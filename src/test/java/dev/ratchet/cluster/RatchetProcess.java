package dev.ratchet.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The packaged program as a process with its output in a file. */
public final class RatchetProcess implements AutoCloseable {
    private static final String JAR = System.getProperty("ratchet.jar", "target/ratchet.jar");
    private static final String DEMO_JAR = System.getProperty("ratchet.demo.jar", "target/ratchet-demo.jar");

    private final Process process;
    private final Path output;

    private RatchetProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static RatchetProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), Map.of(), arguments);
    }

    /** Starts the demo jar, with the command {@code demo}. */
    static RatchetProcess startDemo(Path folder, String... options) throws IOException {
        List<String> arguments = Stream.concat(Stream.of("-jar", DEMO_JAR, "demo"), Stream.of(options))
                .toList();
        return launch(folder, arguments);
    }

    public static RatchetProcess start(Path folder, Map<String, String> settings, String... command)
            throws IOException {
        return start(folder, List.of(), settings, command);
    }

    /**
     * Starts one.
     *
     * @param more additional class path entries
     */
    public static RatchetProcess start(Path folder, List<Path> more, Map<String, String> settings, String... command)
            throws IOException {
        return start(folder, List.of(), more, settings, command);
    }

    /**
     * Starts one.
     *
     * @param jvm options of its JVM
     * @param more additional class path entries
     * @param settings passed with {@code --set} after the command
     */
    static RatchetProcess start(
            Path folder, List<String> jvm, List<Path> more, Map<String, String> settings, String... command)
            throws IOException {
        List<String> all = new ArrayList<>(jvm);
        all.addAll(more.isEmpty() ? List.of("-jar", JAR) : List.of("-cp", classPath(more), "dev.ratchet.Main"));
        all.addAll(List.of(command));
        settings.forEach((name, value) -> all.addAll(List.of("--set", name + "=" + value)));
        return launch(folder, all);
    }

    private static RatchetProcess launch(Path folder, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path output = Files.createTempFile(folder, "ratchet", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RatchetProcess(process, output);
    }

    private static String classPath(List<Path> more) {
        return Stream.concat(Stream.of(JAR), more.stream().map(Path::toString))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Everything printed so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the exit code} Fails if the process does not end within two minutes. */
    public int await() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("Expected the process to end, but it goes on: " + output());
        }
        return process.exitValue();
    }

    /** SIGTERM. {@return the exit code} */
    int terminate() throws InterruptedException {
        signalTerm();
        return await();
    }

    /** Sends SIGTERM and does not wait. */
    public void signalTerm() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
