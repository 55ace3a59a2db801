package dev.ratchet.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** A process of its own, its output in a file; it does not outlive this one. */
final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Path log;
    private final Thread last;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.last = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(last);
    }

    /** @param log what it prints is added there */
    static ChildProcess start(String name, Path log, Map<String, String> environment, List<String> command)
            throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return new ChildProcess(name, builder.start(), log);
    }

    /** Waits until it is ready; fails at once if it ends before. */
    void awaitReady(long seconds, BooleanSupplier ready) {
        Awaitility.await(name + ", whose log is " + log)
                .atMost(seconds, TimeUnit.SECONDS)
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("Expected %s to start, but it ended: %s".formatted(name, tail()));
                    }
                })
                .until(ready::getAsBoolean);
    }

    /** {@return the exit code} Fails if it has not ended within two minutes. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new AssertionError("Expected %s to end, but it goes on: %s".formatted(name, tail()));
        }
        return process.exitValue();
    }

    /** Everything it has printed so far. */
    String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL: as if the machine had gone. */
    void kill() {
        process.destroyForcibly();
        await();
    }

    /** SIGTERM, and SIGKILL if that does not do. */
    @Override
    public void close() {
        process.destroy();
        if (!await()) {
            process.destroyForcibly();
            await();
        }
        Runtime.getRuntime().removeShutdownHook(last);
    }

    private boolean await() {
        try {
            return process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String tail() {
        String all = printed();
        return all.substring(Math.max(0, all.length() - 4000));
    }
}
