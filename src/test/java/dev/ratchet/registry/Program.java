package dev.ratchet.registry;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The packaged program as its own process, with more on its class path. */
final class Program implements AutoCloseable {
    private final Process process;
    private final Path output;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static Program start(Path folder, List<Path> more, Map<String, String> settings, String... arguments)
            throws IOException {
        StringBuilder classPath = new StringBuilder(System.getProperty("ratchet.jar", "target/ratchet.jar"));
        more.forEach(jar -> classPath.append(File.pathSeparator).append(jar));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath.toString(),
                "dev.ratchet.Main"));
        command.addAll(List.of(arguments));
        settings.forEach((name, value) -> command.addAll(List.of("--set", name + "=" + value)));
        Path output = Files.createTempFile(folder, "ratchet", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Program(process, output);
    }

    /** Everything printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@return the exit code} Fails if it has not ended within two minutes. */
    int await() throws InterruptedException {
        if (!process.waitFor(2, MINUTES)) {
            throw new AssertionError("Expected the process to end, but it goes on: " + output());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
