package dev.ratchet.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program as its own process, its output in a file. */
final class RatchetProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private RatchetProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static RatchetProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(System.getProperty("ratchet.jar", "target/ratchet.jar"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "ratchet", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new RatchetProcess(process, output);
    }

    /** Everything printed so far. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@return the exit code} Fails if it has not ended within two minutes. */
    int await() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("Expected the process to end, but it goes on: " + output());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    int terminate() throws InterruptedException {
        process.destroy();
        return await();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
