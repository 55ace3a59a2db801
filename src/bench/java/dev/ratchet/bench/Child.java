package dev.ratchet.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, its output in a file. */
final class Child implements AutoCloseable {
    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @param options of the JVM */
    static Child start(Path log, List<String> options, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dlogback.configurationFile=logback.xml"); // the program's, not that of the tests
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Child(process, log);
    }

    /** User and system time of all its threads since it was started, to some ten milliseconds. */
    Duration cpu() {
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException(
                        "Expected the process to tell its CPU time, but it does not: it has ended, see " + log));
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says so. */
    void await(String line) throws InterruptedException {
        while (!output().contains(line)) {
            requireAlive();
            Thread.sleep(20);
        }
    }

    /** @throws IllegalStateException if it has ended, with what it last said */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "Expected the process to run, but it ended with " + process.exitValue() + ":\n" + output());
        }
    }

    /** Ends it with SIGKILL, and waits. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Ends it with SIGTERM, and waits. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
    }
}
